"""What was masked, without the numbers: the list an officer for data protection asks for."""

from typing import Any

from bygd.workbench import snapshot
from bygd.workbench.project import Project

LEDGERS = """
SELECT f.anchor, f.path, f.sheet, f.rows_read, f.rows_masked,
       COUNT(DISTINCT CASE WHEN s.is_masked THEN p.supplier_key END) AS recipients_masked,
       COALESCE(SUM(CASE WHEN s.is_masked THEN p.amount END), 0) AS amount_masked
FROM ledger_files f
LEFT JOIN payments p ON p.file_key = f.file_key
LEFT JOIN suppliers s ON s.supplier_key = p.supplier_key
GROUP BY ALL ORDER BY f.anchor, f.path, f.sheet
"""
REGISTERS = """
SELECT source, COUNT(*) AS organisations, COUNT(*) FILTER (WHERE is_masked) AS persons_masked
FROM organisations GROUP BY source ORDER BY source
"""


def report(project: Project) -> dict[str, list[dict[str, Any]]]:
    """Per ledger file and per register: how many recipients and persons were masked, and how much money."""
    with snapshot.current(project).engine() as engine:
        return {"ledgers": engine.rows(LEDGERS), "registers": engine.rows(REGISTERS)}
