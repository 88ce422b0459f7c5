import pytest

from archive.errors import SettingsError
from archive.settings import load_settings


def test_each_layer_overrides_the_one_before(tmp_path):
    def port(**layers):
        value = load_settings(tmp_path, **layers).values["port"]
        return value.value, value.where

    assert port(environment={}) == (8383, "default")
    (tmp_path / "zhengwen.ini").write_text("[zhengwen]\nport = 9001\n", "utf-8")
    assert port(environment={}) == (9001, "file")
    assert port(environment={"ZHENGWEN_PORT": "9002"}) == (9002, "environment")
    arguments = {"port": "9003", "language": None}
    assert port(environment={"ZHENGWEN_PORT": "9002"}, arguments=arguments) == (9003, "argument")


def test_the_home_comes_from_the_environment_unless_it_is_given(tmp_path):
    environment = {"ZHENGWEN_HOME": str(tmp_path / "there")}

    assert load_settings(environment=environment).home == tmp_path / "there"
    assert load_settings(tmp_path, environment=environment).home == tmp_path


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", "80 80"), ("port", "70000"), ("language", "fr"), ("max_upload_mb", "0")],
)
def test_a_value_that_cannot_be_used_names_its_setting_and_its_layer(tmp_path, name, value):
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, environment={f"ZHENGWEN_{name.upper()}": value})

    sentence = caught.value.message("zh")
    assert name in sentence
    assert value in sentence
    assert "环境变量" in sentence


def test_a_misspelt_name_in_the_file_is_an_error_not_ignored(tmp_path):
    (tmp_path / "zhengwen.ini").write_text("[zhengwen]\nprot = 9001\n", "utf-8")

    with pytest.raises(SettingsError, match="prot"):
        load_settings(tmp_path, environment={})


def test_a_file_that_is_no_ini_file_is_an_error(tmp_path):
    (tmp_path / "zhengwen.ini").write_text("port = 9001\n", "utf-8")

    with pytest.raises(SettingsError, match=r"zhengwen\.ini"):
        load_settings(tmp_path, environment={})
