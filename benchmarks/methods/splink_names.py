# /// script
# requires-python = "==3.11.*"
# dependencies = ["splink==5.0.0", "duckdb>=1.5.5", "pyarrow>=21"]
# ///
"""Splink 5 on DuckDB: names split into words, blocked on prefix and rare words, compared by characters, words and form.

    splink_names.py FOLDER OUT [labels] [postcodes]

Without `labels` it trains itself by expectation maximisation; with them the known pairs of labels.parquet train it.
"""

import logging
import sys
from pathlib import Path

import duckdb
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

FORMS = "limited|ltd|plc|public limited company|llp|limited liability partnership|cic|community interest company|lp|cio"

PREPARED = f"""
    CREATE TABLE prepared AS
    WITH named AS (
        SELECT 'register' AS side, o.row AS unique_id, name, postcode FROM listed o
        UNION ALL SELECT 'suppliers', row, name, postcode FROM asked
    ), folded AS (
        SELECT side, unique_id, postcode, trim(regexp_replace(regexp_replace(
            lower(strip_accents(name)), '[''`.]', '', 'g'), '[^a-z0-9]+', ' ', 'g')) AS folded FROM named
    ), cored AS (
        SELECT side, unique_id, postcode, nullif(regexp_extract(folded, ' ({FORMS})$', 1), '') AS form,
            regexp_replace(folded, ' ({FORMS})$', '') AS core FROM folded
    )
    SELECT side, unique_id, core, replace(core, ' ', '') AS squeezed, string_split(core, ' ') AS words,
        array_to_string(list_sort(string_split(core, ' ')), ' ') AS sorted,
        CASE WHEN starts_with(form, 'public') OR form = 'plc' THEN 'plc' WHEN starts_with(form, 'ltd')
            OR form = 'limited' THEN 'ltd' WHEN form IN ('llp', 'limited liability partnership') THEN 'llp'
            WHEN form IN ('cic', 'community interest company') THEN 'cic' ELSE form END AS form,
        left(replace(core, ' ', ''), 6) AS prefix, string_split(core, ' ')[1] AS first_word,
        nullif(postcode, '') AS postcode, nullif(split_part(postcode, ' ', 1), '') AS district
    FROM cored WHERE core <> ''
"""

RARE = """
    CREATE TABLE ranked AS
    WITH spread AS (SELECT side, unique_id, unnest(words) AS word FROM prepared),
    counted AS (SELECT word, count(*) AS names FROM spread WHERE side = 'register' GROUP BY word)
    SELECT side, unique_id, word, row_number() OVER (PARTITION BY side, unique_id ORDER BY names, word) AS rank
    FROM (SELECT DISTINCT * FROM spread) JOIN counted USING (word) WHERE length(word) > 1
"""

RARE_WORDS = """
    CREATE TABLE {side} AS
    SELECT p.* EXCLUDE (side), a.word AS rare_1, b.word AS rare_2 FROM prepared p
    LEFT JOIN ranked a ON (a.side, a.unique_id, a.rank) = (p.side, p.unique_id, 1)
    LEFT JOIN ranked b ON (b.side, b.unique_id, b.rank) = (p.side, p.unique_id, 2)
    WHERE p.side = '{side}'
"""

SHARED = "len(list_intersect(words_l, words_r)) >= {share} * {of}(len(words_l), len(words_r))"


def compared(postcodes: bool) -> list[object]:
    """The comparisons of one pair."""
    characters = comparisons.CustomComparison(
        output_column_name="core",
        comparison_levels=[
            levels.NullLevel("core"),
            levels.ExactMatchLevel("core", term_frequency_adjustments=True),
            levels.CustomLevel("squeezed_l = squeezed_r OR sorted_l = sorted_r", "same letters or words"),
            *(levels.JaroWinklerLevel("squeezed", share) for share in (0.97, 0.94, 0.91, 0.87, 0.8)),
            levels.ElseLevel(),
        ],
    )
    words = comparisons.CustomComparison(
        output_column_name="words",
        comparison_levels=[
            levels.NullLevel("words"),
            *(
                levels.CustomLevel(SHARED.format(share=share, of=of), f"{share} of the {of} words")
                for of, share in (("greatest", 1), ("least", 1), ("greatest", 0.6), ("least", 0.6), ("greatest", 0.3))
            ),
            levels.ElseLevel(),
        ],
    )
    found = [
        characters,
        words,
        comparisons.ExactMatch("form"),
        comparisons.ExactMatch("rare_1").configure(term_frequency_adjustments=True),
    ]
    if postcodes:
        place = [
            levels.NullLevel("postcode"),
            levels.ExactMatchLevel("postcode"),
            levels.ExactMatchLevel("district"),
            levels.ElseLevel(),
        ]
        found.append(comparisons.CustomComparison(output_column_name="postcode", comparison_levels=place))
    return found


def main(folder: Path, out: Path, labels: bool, postcodes: bool) -> None:
    logging.disable(logging.WARNING)
    engine = duckdb.connect()
    engine.execute("SET threads = 2")
    for name, file in (("listed", "organisations"), ("asked", "suppliers")):
        source = f"SELECT row_number() OVER () AS row, * FROM '{folder}/{file}.parquet'"
        engine.execute(f"CREATE TABLE {name} AS {source}")
    engine.execute(PREPARED)
    engine.execute(RARE)
    for side in ("register", "suppliers"):
        engine.execute(RARE_WORDS.format(side=side))
    api = DuckDBAPI(engine)
    # Blocks are looked for in the order of the tables, and the suppliers are the fewer.
    tables = [api.register(side, dataset_display_name=f"{side}_") for side in ("suppliers", "register")]
    blocks = [
        block_on("squeezed"),
        block_on("prefix"),
        block_on("rare_1"),
        block_on("rare_2"),
        "l.rare_1 = r.rare_2",
        "l.rare_2 = r.rare_1",
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=compared(postcodes),
        blocking_rules_to_generate_predictions=blocks,
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    linker = Linker(tables, settings)
    linker.training.estimate_probability_two_random_records_match([block_on("squeezed")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    if labels:
        engine.execute(
            f"""CREATE TABLE labels AS SELECT 'suppliers_' AS source_dataset_l, a.row AS unique_id_l,
                'register_' AS source_dataset_r, r.row AS unique_id_r
            FROM '{folder}/labels.parquet' t JOIN asked a USING (supplier_key)
            JOIN (SELECT org_id, min(row) AS row FROM listed GROUP BY org_id) r USING (org_id)"""
        )
        linker.training.estimate_m_from_pairwise_labels("labels")
    else:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("rare_1"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("prefix"))
    found = linker.inference.predict(threshold_match_weight=-10)
    engine.execute(
        f"""COPY (
            SELECT a.supplier_key, r.org_id, max(f.match_weight) AS score FROM {found.physical_name} f
            JOIN asked a ON a.row = CASE WHEN source_dataset_l = 'suppliers_' THEN unique_id_l ELSE unique_id_r END
            JOIN listed r ON r.row = CASE WHEN source_dataset_l = 'suppliers_' THEN unique_id_r ELSE unique_id_l END
            GROUP BY a.supplier_key, r.org_id
            QUALIFY row_number() OVER (PARTITION BY a.supplier_key ORDER BY score DESC, r.org_id) <= 5
        ) TO '{out}' (FORMAT parquet)"""
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), "labels" in sys.argv[3:], "postcodes" in sys.argv[3:])
