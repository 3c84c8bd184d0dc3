"""The key file and the keyring: the passphrase opens them, and nothing hostile in them hangs or crashes the program."""

from __future__ import annotations

import json
import os
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import CHEAP, PASSPHRASE, Office
from hypothesis import given
from hypothesis import strategies as st

from safetydesk.models import keys
from safetydesk.models.errors import DamagedKeyFile, DamagedStore, NoDataFolder, WrongPassphrase
from safetydesk.models.keyring import KEYRING_FILE, Keyring, KeyringFile
from safetydesk.models.keys import KEY_FILE, DataKey, Kdf, KeyFile
from safetydesk.models.store import DATABASE_FILE

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYRING = Keyring("office", "0" * 32, "1" * 32, "age", "seed")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A folder with a good key file, and what it says."""
    folder = tmp_path_factory.mktemp("钥匙")
    keys.write_key_file(folder, keys.new_data_key().wrapped_by(PASSPHRASE, CHEAP))
    return folder, json.loads((folder / KEY_FILE).read_bytes())


def read_changed(folder: Path, said: Any) -> KeyFile:
    other = folder / "changed"
    other.mkdir(exist_ok=True)
    (other / KEY_FILE).write_text(json.dumps(said), "utf-8")
    return keys.read_key_file(other)


def test_the_right_passphrase_gives_the_data_key_back(tmp_path: Path) -> None:
    key = keys.new_data_key()
    keys.write_key_file(tmp_path, key.wrapped_by(PASSPHRASE, CHEAP))
    again = keys.unwrap(keys.read_key_file(tmp_path), PASSPHRASE)
    assert again.derive("database") == key.derive("database")


@pytest.mark.parametrize("wrong", ["", "四个字 plus 9 Words", PASSPHRASE + " ", PASSPHRASE[:-1], "\udcff", "a\0b"])
def test_a_wrong_passphrase_is_refused(written: tuple[Path, dict[str, Any]], wrong: str) -> None:
    with pytest.raises(WrongPassphrase):
        keys.unwrap(keys.read_key_file(written[0]), wrong)


@pytest.mark.parametrize("typed", ["ＡＢＣ１２３ｘｙｚ", "①②③④⑤⑥⑦⑧", "e\u0301tude-Ⅷ", "ｶﾞｶﾞｶﾞ12345"])
def test_a_passphrase_is_the_same_however_the_keyboard_writes_its_characters(typed: str) -> None:
    key = keys.new_data_key()
    wrapped = key.wrapped_by(typed, CHEAP)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert keys.unwrap(wrapped, unicodedata.normalize(form, typed)).derive("x") == key.derive("x")


def test_a_passphrase_of_bytes_that_are_no_text_still_opens_what_it_closed() -> None:
    odd = b"\xd6\xd0\xb9\xfa 1234567".decode("utf-8", "surrogateescape")
    key = keys.new_data_key()
    assert keys.unwrap(key.wrapped_by(odd, CHEAP), odd).derive("x") == key.derive("x")


def test_every_use_has_a_key_of_its_own() -> None:
    key = keys.new_data_key()
    assert len({key.derive(purpose) for purpose in ("database", "keyring", "blob names", "blob contents")}) == 4


def test_the_same_passphrase_never_wraps_alike() -> None:
    key = keys.new_data_key()
    one, other = key.wrapped_by(PASSPHRASE, CHEAP), key.wrapped_by(PASSPHRASE, CHEAP)
    assert one.salt != other.salt
    assert one.wrapped != other.wrapped


def test_the_calibrated_derivation_costs_at_least_64_mib_and_three_passes_and_is_accepted_back(tmp_path: Path) -> None:
    kdf = keys.calibrated_kdf()
    assert kdf.memory_kib >= 65536
    assert kdf.passes >= 3
    keys.write_key_file(tmp_path, KeyFile(kdf, bytes(16), bytes(60)))
    assert keys.read_key_file(tmp_path).kdf == kdf


@pytest.mark.parametrize(
    "change",
    [
        {"memory_kib": 9},
        {"memory_kib": 16},
        {"passes": 2},
        {"lanes": 2, "memory_kib": 16},
    ],
)
def test_other_costs_than_those_it_was_closed_with_do_not_open_it(
    written: tuple[Path, dict[str, Any]], change: dict[str, int]
) -> None:
    folder, said = written
    changed = read_changed(folder, {**said, "kdf": {**said["kdf"], **change}})
    with pytest.raises(WrongPassphrase):
        keys.unwrap(changed, PASSPHRASE)


@pytest.mark.parametrize(
    "costs",
    [
        {"memory_kib": 1 << 40},
        {"memory_kib": 1 << 30},
        {"memory_kib": 1 << 20, "passes": 3},
        {"memory_kib": 1 << 19, "passes": 1000},
        {"passes": 1 << 40},
        {"passes": 0},
        {"passes": -3},
        {"lanes": 0},
        {"lanes": 1 << 24},
        {"lanes": 8},
        {"memory_kib": 7},
        {"memory_kib": 0},
        {"memory_kib": -8},
        {"memory_kib": 1e400},
        {"memory_kib": float("nan")},
        {"memory_kib": None},
        {"memory_kib": "much"},
        {"memory_kib": [8]},
        {"name": "argon2d"},
        {"name": "scrypt"},
    ],
)
def test_costs_that_no_office_computer_could_bear_are_damage(
    written: tuple[Path, dict[str, Any]], costs: dict[str, Any]
) -> None:
    folder, said = written
    with pytest.raises(DamagedKeyFile):
        read_changed(folder, {**said, "kdf": {**said["kdf"], **costs}})


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said | {"format": 2},
        lambda said: said | {"salt": ""},
        lambda said: said | {"salt": "AAAA"},
        lambda said: said | {"salt": "不是"},
        lambda said: said | {"salt": 7},
        lambda said: said | {"wrapped": said["wrapped"][:-4]},
        lambda said: said | {"wrapped": said["wrapped"] + "AAAA"},
        lambda said: said | {"kdf": None},
        lambda said: {key: value for key, value in said.items() if key != "wrapped"},
        lambda said: [said],
        lambda _said: None,
        lambda _said: 7,
        lambda _said: {},
    ],
)
def test_a_key_file_that_says_something_else_is_damage(
    written: tuple[Path, dict[str, Any]], change: Callable[[Any], Any]
) -> None:
    folder, said = written
    with pytest.raises(DamagedKeyFile):
        read_changed(folder, change(said))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff\xfe", b"\0" * 4096, b"[" * 60_000, b'{"kdf":' * 9_000, "钥匙".encode("gb18030"),
        b" " * 70_000 + b"{}", b"SQLite format 3\0",
    ],
)  # fmt: skip
def test_a_key_file_that_is_no_json_is_damage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(content)
    with pytest.raises(DamagedKeyFile):
        keys.read_key_file(tmp_path)


@given(JSON_VALUES)
def test_any_json_in_the_place_of_a_key_file_is_damage(tmp_path_factory: pytest.TempPathFactory, said: Any) -> None:
    folder = tmp_path_factory.getbasetemp()
    with pytest.raises(DamagedKeyFile):
        read_changed(folder, said)


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9, 0.99])
def test_a_torn_key_file_is_damage(written: tuple[Path, dict[str, Any]], tmp_path: Path, at: float) -> None:
    whole = (written[0] / KEY_FILE).read_bytes()
    (tmp_path / KEY_FILE).write_bytes(whole[: int(len(whole) * at)])
    with pytest.raises(DamagedKeyFile):
        keys.read_key_file(tmp_path)


@pytest.mark.parametrize("part", ["salt", "wrapped"])
def test_a_tampered_key_file_does_not_open(written: tuple[Path, dict[str, Any]], part: str) -> None:
    folder, said = written
    flipped = ("B" if said[part][0] == "A" else "A") + said[part][1:]
    with pytest.raises(WrongPassphrase):
        keys.unwrap(read_changed(folder, said | {part: flipped}), PASSPHRASE)


def test_a_folder_in_the_place_of_the_key_file_is_damage(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).mkdir()
    with pytest.raises(DamagedKeyFile):
        keys.read_key_file(tmp_path)


def test_where_nothing_was_set_up_there_is_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(NoDataFolder):
            keys.read_key_file(folder)


def test_the_passphrase_leaves_the_environment_as_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFETYDESK_PASSPHRASE", PASSPHRASE)
    assert keys.passphrase_from_environment() == PASSPHRASE
    assert "SAFETYDESK_PASSPHRASE" not in os.environ
    assert keys.passphrase_from_environment() is None


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_key_file_and_keyring_are_for_their_owner_alone_even_under_a_lax_umask(office: Office) -> None:
    before = os.umask(0)
    try:
        folder = office.set_up().store.folder
    finally:
        os.umask(before)
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in (KEY_FILE, KEYRING_FILE)} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_keyring_comes_back_as_it_was_written(tmp_path: Path) -> None:
    key, file = keys.new_data_key(), KeyringFile(tmp_path)
    file.write(key, KEYRING)
    assert file.read(key) == KEYRING
    assert "seed" not in repr(KEYRING)


def test_the_keyring_of_another_key_or_with_a_damaged_byte_is_refused(tmp_path: Path) -> None:
    key, file = keys.new_data_key(), KeyringFile(tmp_path)
    file.write(key, KEYRING)
    with pytest.raises(DamagedKeyFile):
        file.read(keys.new_data_key())
    whole = (tmp_path / KEYRING_FILE).read_bytes()
    for damaged in (b"", whole[:5], whole[:-1], whole[:20] + bytes([whole[20] ^ 1]) + whole[21:]):
        (tmp_path / KEYRING_FILE).write_bytes(damaged)
        with pytest.raises(DamagedKeyFile):
            file.read(key)
    (tmp_path / KEYRING_FILE).unlink()
    with pytest.raises(DamagedKeyFile):
        file.read(key)


def test_a_keyring_that_says_less_than_this_program_needs_is_refused(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = DataKey(bytes(32))
    sealed = AESGCM(key.derive("keyring")).encrypt(bytes(12), b'{"role":"office"}', b"safetydesk keyring 1")
    (tmp_path / KEYRING_FILE).write_bytes(bytes(12) + sealed)
    with pytest.raises(DamagedKeyFile):
        KeyringFile(tmp_path).read(key)


def test_a_database_of_another_key_is_damage_and_not_an_empty_one(file_office: Office) -> None:
    desk = file_office.set_up()
    other = file_office.set_up("别的")
    desk.store.close()
    other.store.close()
    (desk.store.folder / DATABASE_FILE).write_bytes((other.store.folder / DATABASE_FILE).read_bytes())
    with pytest.raises(DamagedStore):
        file_office.open()


def test_a_data_key_never_shows_itself() -> None:
    secret = bytes(range(32))
    assert secret.hex() not in repr(DataKey(secret)) + str(DataKey(secret))
    assert Kdf(8, 1, 1) == CHEAP


def test_rewrapped_the_new_passphrase_opens_the_same_key_and_the_old_none(tmp_path: Path) -> None:
    key = keys.new_data_key()
    keys.write_key_file(tmp_path, key.wrapped_by(PASSPHRASE, CHEAP))
    keys.rewrap(tmp_path, PASSPHRASE, "别的四个字", CHEAP)
    assert keys.unwrap(keys.read_key_file(tmp_path), "别的四个字").derive("x") == key.derive("x")
    with pytest.raises(WrongPassphrase):
        keys.unwrap(keys.read_key_file(tmp_path), PASSPHRASE)
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_a_rewrapped_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    keys.write_key_file(tmp_path, keys.new_data_key().wrapped_by(PASSPHRASE, CHEAP))
    keys.rewrap(tmp_path, PASSPHRASE, "别的四个字", CHEAP)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("fails", ["write", "torn", "other_key", "replace"])
def test_whatever_fails_while_rewrapping_the_old_passphrase_still_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    key = keys.new_data_key()
    keys.write_key_file(tmp_path, key.wrapped_by(PASSPHRASE, CHEAP))
    before = (tmp_path / KEY_FILE).read_bytes()
    really = keys.write_whole

    def write(path: Path, content: bytes, *, mode: int) -> None:
        if fails == "write":
            raise OSError(28, "No space left on device")
        if fails == "torn":
            content = content[: len(content) // 2]
        if fails == "other_key":
            content = keys._said(keys.new_data_key().wrapped_by("别的四个字", CHEAP))
        really(path, content, mode=mode)

    def replace(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(keys, "write_whole", write)
    if fails == "replace":
        monkeypatch.setattr(keys.os, "replace", replace)
        monkeypatch.setattr(keys, "write_whole", lambda path, content, mode: path.write_bytes(content))
    with pytest.raises((keys.PassphraseUnchanged, OSError)):
        keys.rewrap(tmp_path, PASSPHRASE, "别的四个字", CHEAP)
    monkeypatch.undo()
    assert (tmp_path / KEY_FILE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]
    assert keys.unwrap(keys.read_key_file(tmp_path), PASSPHRASE).derive("x") == key.derive("x")
