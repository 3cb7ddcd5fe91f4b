# /// script
# requires-python = "==3.11.*"
# dependencies = ["emm==2.1.11", "pandas<3", "pyarrow>=21"]
# ///
"""emm, ING's entity matching model, as its documentation sets it up: three searches, and its trained classifier.

    emm_names.py FOLDER OUT [supervised]

It asks for old releases of rapidfuzz and scikit-learn, so it has an environment of its own.
"""

import logging
import sys
from pathlib import Path

import pandas as pd
from emm import PandasEntityMatching

SEARCHES = [
    {"type": "cosine_similarity", "tokenizer": "words", "ngram": 1, "num_candidates": 10, "cos_sim_lower_bound": 0.0},
    {
        "type": "cosine_similarity",
        "tokenizer": "characters",
        "ngram": 2,
        "num_candidates": 5,
        "cos_sim_lower_bound": 0.2,
    },
    {"type": "sni", "window_length": 3},
]
SETTINGS = {
    "name_only": True,
    "entity_id_col": "Index",
    "name_col": "Name",
    "indexers": SEARCHES,
    "supervised_on": False,
    "with_legal_entity_forms_match": True,
}


def main(folder: Path, out: Path, supervised: bool) -> None:
    logging.disable(logging.INFO)
    # Rows of the register are numbered: an organisation may have several names.
    register = pd.read_parquet(folder / "organisations.parquet").rename(columns={"name": "Name"})
    register["Index"] = range(len(register))
    suppliers = pd.read_parquet(folder / "suppliers.parquet").rename(columns={"name": "Name"})
    model = PandasEntityMatching(SETTINGS)
    model.fit(register[["Index", "Name"]])
    if supervised:
        known = pd.read_parquet(folder / "labels.parquet").merge(suppliers, on="supplier_key")
        known = known.merge(register.drop_duplicates("org_id")[["org_id", "Index"]], on="org_id")
        # As many of the known names are turned into names of nobody as there are in life.
        model.fit_classifier(known[["Index", "Name"]], create_negative_sample_fraction=0.1)
    found = model.transform(suppliers[["Name"]].assign(uid=suppliers.index))
    score = found["nm_score"] if supervised else found[["score_0", "score_1"]].max(axis=1)
    found = found.assign(
        score=score.astype(float).fillna(0.0),
        supplier_key=suppliers["supplier_key"].to_numpy()[found["uid"].astype(int)],
    ).dropna(subset=["gt_entity_id"])
    found["org_id"] = register["org_id"].to_numpy()[found["gt_entity_id"].astype(int)]
    found[["supplier_key", "org_id", "score"]].to_parquet(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), "supervised" in sys.argv[3:])
