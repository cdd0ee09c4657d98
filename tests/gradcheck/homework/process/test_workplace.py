"""The folders of a submission's own, and the environment that it gets."""

from pathlib import Path

from gradcheck.homework.process.isolation import Isolation
from gradcheck.homework.process.workplace import Workplace


def test_the_environment_has_what_is_needed_and_its_own_folders(tmp_path: Path) -> None:
    place = Workplace(tmp_path / "a")
    ours = {
        "PATH": "/bin",
        "PYTHONPATH": "x",
        "API_KEY": "secret",
        "HOME": "/home/me",
        "LC_ALL": "C",
    }
    found = place.environment(ours)
    assert (found["PATH"], found["PYTHONPATH"], found["LC_ALL"]) == ("/bin", "x", "C")
    assert "API_KEY" not in found
    assert found["HOME"] == str(tmp_path / "a" / "home")
    assert found["TMPDIR"] == found["TEMP"] == str(tmp_path / "a" / "tmp")
    place.make_folders()
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME"):
        assert Path(found[name]).is_dir()


def test_a_command_is_isolated_only_where_that_is_asked_for(tmp_path: Path) -> None:
    assert Workplace(tmp_path).command(["python"]) == ["python"]
    isolated = Workplace(tmp_path, Isolation("bwrap"), (tmp_path / "adapter.py",))
    command = isolated.command(["python"])
    assert (command[0], command[-2:]) == ("bwrap", ["--", "python"])
    assert str(tmp_path / "adapter.py") in command
