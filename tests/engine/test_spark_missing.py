"""Without Java or pyspark, the error says what to install; importing costs nothing."""

import subprocess
import sys

import pytest

from bygd.engine import spark


def test_no_java_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(spark.SparkMissing, match="Java 17"):
        spark.SparkEngine()


def test_no_pyspark_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "pyspark"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(spark.SparkMissing, match=r"bygd\[spark\]"):
        spark.SparkEngine()


def test_the_engine_package_does_not_import_pyspark() -> None:
    code = "import sys, bygd.engine, bygd.engine.spark; assert 'pyspark' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
