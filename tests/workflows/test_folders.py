"""The folders of the platform, said without its library on Linux."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest

from safetydesk.workflows.folders import data_folder, state_folder


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the library itself is asked")
@pytest.mark.parametrize("said", [None, "", "  ", "/srv/数据 目录"])
def test_the_folders_are_those_of_platformdirs(said: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
        if said is not None:
            monkeypatch.setenv(name, said)
    assert data_folder() == Path(platformdirs.user_data_dir("safetydesk", appauthor=False))
    assert state_folder() == Path(platformdirs.user_state_dir("safetydesk", appauthor=False))
