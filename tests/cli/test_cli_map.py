"""``caseload map`` and ``caseload template``, and a workbook wherever a week is asked for."""

import json


def test_a_mapping_is_proposed_and_makes_the_week_ready(caseload, met_week, tmp_path):
    for file in met_week.iterdir():
        text = file.read_text(encoding="utf-8").replace("child_in_need", "Childern in need")
        (tmp_path / file.name).write_text(text, encoding="utf-8", newline="")
    refused = caseload("check", tmp_path)
    assert refused.exit_code == 65
    assert "caseload map" in refused.stderr
    out = tmp_path / "mapping.toml"
    done = caseload("map", tmp_path, "--out", out)
    assert done.exit_code == 0
    assert "Childern in need as child_in_need" in done.stdout
    assert caseload("check", tmp_path).exit_code == 0
    again = caseload("map", tmp_path, "--out", out)
    assert again.exit_code == 73
    other = out.rename(tmp_path / "other.toml")
    assert caseload("check", tmp_path, "--mapping", other).exit_code == 0
    assert caseload("check", tmp_path, "--mapping", out).exit_code == 66


def test_workers_who_stand_there_by_name_get_ids(caseload, met_week, tmp_path):
    for file in met_week.iterdir():
        text = file.read_text(encoding="utf-8").replace("W1", "Ann Ŵyn").replace("W2", "Bo Ng")
        (tmp_path / file.name).write_text(text, encoding="utf-8", newline="")
    mapping, names = tmp_path / "mapping.toml", tmp_path / "names.csv"
    said = " ".join(caseload("map", tmp_path, "--out", mapping).stdout.split())
    assert "2 workers stand there by name" in said
    mapping.unlink()
    assert caseload("map", tmp_path, "--out", mapping, "--names", names).exit_code == 0
    assert names.read_text(encoding="utf-8-sig") == "id,name\nW-001,Ann Ŵyn\nW-002,Bo Ng\n"
    mapping.unlink()
    assert caseload("map", tmp_path, "--out", mapping, "--names", names).exit_code == 73
    assert not mapping.exists()
    names.write_text("id,name\nW-001,Ann Ŵyn\n", encoding="utf-8")
    (question,) = json.loads(caseload("check", tmp_path, "--json").stdout)["questions"]
    assert question.startswith("1 of 2 worker ids look")


def test_nothing_to_map_is_missing_input(caseload, tmp_path):
    assert caseload("map", tmp_path / "none.csv", "--out", tmp_path / "m.toml").exit_code == 66
    assert caseload("map", tmp_path, "--out", tmp_path / "m.toml").exit_code == 66
    assert list(tmp_path.iterdir()) == []


def test_a_template_is_a_week_that_can_be_checked_and_allocated(caseload, tmp_path):
    week = tmp_path / "week.xlsx"
    assert caseload("template", "--out", week).exit_code == 0
    assert caseload("template", "--out", week).exit_code == 73
    assert "is ready" in " ".join(caseload("check", week).stdout.split())
    assert caseload("allocate", week, "--out", tmp_path / "plan").exit_code == 0


def test_questions_are_asked_before_a_week_is_ready(caseload, met_week, tmp_path):
    for file in met_week.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    rows = "".join(f"C{n},child_in_need\n" for n in range(6))
    (tmp_path / "cases.csv").write_text(f"case_id,case_type\n{rows}", encoding="utf-8")
    said = " ".join(caseload("check", tmp_path).stdout.split())
    assert said.index("Is this right? cases: nobody holds") < said.index("is ready if that")
    document = json.loads(caseload("check", tmp_path, "--json").stdout)
    assert len(document["questions"]) == 1
