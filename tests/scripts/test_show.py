import json


def test_show_tells_beside_the_text_what_has_become_of_the_place(zhengwen, corpus):
    zhengwen("add", corpus / "fragment.txt")
    [summary] = json.loads(zhengwen("list", "--json").stdout)
    identifier = summary["document_id"]
    plain = zhengwen("show", identifier)
    assert plain.stderr == ""

    zhengwen("edit", identifier, "report_year=2016", "region=长乐市")

    shown = zhengwen("show", identifier, language="zh")
    assert shown.stdout == plain.stdout
    assert shown.stderr == "长乐市: 2017 年起为长乐区，350112\n"
    details = json.loads(zhengwen("show", identifier, "--json").stdout)["details"]
    assert details["succession"] == [
        {"year": 2017, "kind": "renamed", "name": "长乐区", "code": "350112"}
    ]
