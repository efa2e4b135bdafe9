"""Any Python that is new enough is found."""

import os
import shutil
import subprocess
import sys

from tests.reference import ROOT


class TestFindPython:
    def find(self, path, home):
        return subprocess.run(
            ["/bin/sh", str(ROOT / ".ci" / "find-python")],
            env={
                **os.environ,
                "PATH": str(path),
                "HOME": str(home),
                "PYENV_ROOT": f"{home}/.pyenv",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def test_on_the_path(self, tmp_path):
        (tmp_path / "python3").symlink_to(
            shutil.which("python3", path=os.path.dirname(sys.executable))
        )
        found = self.find(tmp_path, tmp_path)
        assert found.stdout.strip() == str(tmp_path / "python3")

    def test_among_those_of_pyenv(self, tmp_path):
        folder = tmp_path / ".pyenv" / "versions" / "3.13.9" / "bin"
        folder.mkdir(parents=True)
        (folder / "python3").symlink_to(os.path.realpath(sys.executable))
        found = self.find(tmp_path, tmp_path)
        assert found.stdout.strip() == str(folder / "python3")

    def test_a_clear_message_where_there_is_none(self, tmp_path):
        found = self.find(tmp_path, tmp_path)
        assert found.returncode == 1
        assert "JobZone needs Python 3.12 or later" in found.stderr
