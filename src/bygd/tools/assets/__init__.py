"""Assets: how fresh what stands on a map is, what the layers come to, and who ties a place together.

Method: docs/method/mapping.md
"""

from bygd.tools.assets.layers import Layer, layers
from bygd.tools.assets.network import Member, Network, network
from bygd.tools.assets.seen import Freshness, Limits, freshness

__all__ = ["Freshness", "Layer", "Limits", "Member", "Network", "freshness", "layers", "network"]
