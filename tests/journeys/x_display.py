"""A virtual X display, and hands and eyes at it: real keys, pictures of the whole screen, the close button.

It speaks to the server itself, so that Xvfb is all that the journeys need. Numbers are those of the X11 protocol.
"""

from __future__ import annotations

import os
import secrets
import socket
import struct
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SIZE = (1366, 768)
COOKIE = b"MIT-MAGIC-COOKIE-1"
RETURN = 0xFF0D
SHIFT = 0xFFE1
_PATIENCE = 20  # seconds
_KEY_PRESS, _KEY_RELEASE = 2, 3
_CLIENT_MESSAGE = 33
_VIEWABLE = 2
_ANY_FAMILY = 0xFFFF


@dataclass(frozen=True)
class Picture:
    """The whole screen, four bytes a pixel: blue, green, red, none."""

    width: int
    height: int
    pixels: bytes

    def colours(self) -> Counter[int]:
        """How many pixels have which colour, as 0xRRGGBB."""
        found = Counter(memoryview(self.pixels).cast("I"))
        return Counter({colour & 0xFFFFFF: count for colour, count in found.items()})


class Screen:
    """One connection to the server."""

    def __init__(self, number: int, cookie: bytes) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(_PATIENCE)
        try:
            self._socket.connect(f"{os.sep}tmp{os.sep}.X11-unix/X{number}")
            self._begin(cookie)
        except BaseException:
            self._socket.close()
            raise
        self._test = self._extension(b"XTEST")
        self._keys = self._keyboard()

    def close(self) -> None:
        self._socket.close()

    # --- eyes

    def windows(self) -> list[int]:
        """What stands on the screen, the lowest first."""
        reply = self._ask(15, 0, struct.pack("<I", self._root))
        count = struct.unpack_from("<H", reply, 16)[0]
        children = struct.unpack_from(f"<{count}I", reply, 32)
        return [one for one in children if self._is_viewable(one)]

    def title(self, window: int) -> str:
        return self._property(window, b"_NET_WM_NAME").decode()

    def picture(self) -> Picture:
        area = struct.pack("<IhhHHI", self._root, 0, 0, *SIZE, 0xFFFFFFFF)
        return Picture(*SIZE, self._ask(73, 2, area)[32:])

    # --- hands

    def give_focus(self, window: int) -> None:
        """As a window manager does with a window that is new."""
        self._tell(42, 2, struct.pack("<II", window, 0))

    def type(self, text: str) -> None:
        for letter in text:
            self.press(ord(letter))

    def press(self, symbol: int) -> None:
        """Press and release the key that gives this, with Shift where it stands above."""
        code, is_shifted = self._keys[symbol]
        shift = [self._keys[SHIFT][0]] if is_shifted else []
        for kind, keys in ((_KEY_PRESS, [*shift, code]), (_KEY_RELEASE, [code, *shift])):
            for key in keys:
                self._tell(self._test, 2, struct.pack("<BBxxIIxxxxxxxxhhxxxxxxxB", kind, key, 0, 0, 0, 0, 0))

    def ask_to_close(self, window: int) -> None:
        """The close button of a window manager."""
        said = struct.pack("<II12x", self._atom(b"WM_DELETE_WINDOW"), 0)
        event = struct.pack("<BBHII", _CLIENT_MESSAGE, 32, 0, window, self._atom(b"WM_PROTOCOLS")) + said
        self._tell(25, 0, struct.pack("<II", window, 0) + event)
        self.windows()  # an answer: the server has it

    # --- the protocol

    def _begin(self, cookie: bytes) -> None:
        hello = struct.pack("<BxHHHHxx", ord("l"), 11, 0, len(COOKIE), len(cookie))
        self._socket.sendall(hello + _padded(COOKIE) + _padded(cookie))
        head = self._receive(8)
        more = self._receive(struct.unpack_from("<H", head, 6)[0] * 4)
        if head[0] != 1:
            raise PermissionError(more[: head[1]].decode(errors="replace"))
        vendor, formats = struct.unpack_from("<H", more, 16)[0], more[21]
        self._least_key, self._most_key = more[26], more[27]
        self._root: int = struct.unpack_from("<I", more, 32 + _whole(vendor) + 8 * formats)[0]

    def _keyboard(self) -> dict[int, tuple[int, bool]]:
        """What each symbol takes: the key, and whether Shift is held."""
        count = self._most_key - self._least_key + 1
        reply = self._ask(101, 0, struct.pack("<BBxx", self._least_key, count))
        columns = reply[1]
        symbols = struct.unpack_from(f"<{count * columns}I", reply, 32)
        found: dict[int, tuple[int, bool]] = {}
        for column in (1, 0):
            for row in range(count):
                found[symbols[row * columns + column]] = (self._least_key + row, column == 1)
        return found

    def _extension(self, name: bytes) -> int:
        reply = self._ask(98, 0, struct.pack("<Hxx", len(name)) + _padded(name))
        assert reply[8], f"the server has no {name.decode()}"
        return reply[9]

    def _atom(self, name: bytes) -> int:
        found = struct.unpack_from("<I", self._ask(16, 0, struct.pack("<Hxx", len(name)) + _padded(name)), 8)[0]
        assert isinstance(found, int)
        return found

    def _property(self, window: int, name: bytes) -> bytes:
        reply = self._ask(20, 0, struct.pack("<IIIII", window, self._atom(name), 0, 0, 256))
        return reply[32 : 32 + struct.unpack_from("<I", reply, 16)[0] * (reply[1] // 8)]

    def _is_viewable(self, window: int) -> bool:
        return self._ask(3, 0, struct.pack("<I", window))[26] == _VIEWABLE

    def _tell(self, code: int, detail: int, rest: bytes) -> None:
        self._socket.sendall(struct.pack("<BBH", code, detail, 1 + len(rest) // 4) + rest)

    def _ask(self, code: int, detail: int, rest: bytes) -> bytes:
        self._tell(code, detail, rest)
        while True:
            head = self._receive(32)
            assert head[0], f"the server refused {code}: error {head[1]}"
            if head[0] == 1:
                return head + self._receive(struct.unpack_from("<I", head, 4)[0] * 4)

    def _receive(self, count: int) -> bytes:
        found = bytearray()
        while len(found) < count:
            part = self._socket.recv(count - len(found))
            assert part, "the server is gone"
            found += part
        return bytes(found)


@dataclass(frozen=True)
class Display:
    """A server that runs, and how one gets in."""

    number: int
    authority: Path
    cookie: bytes

    def environment(self) -> dict[str, str]:
        return {"DISPLAY": f":{self.number}", "XAUTHORITY": str(self.authority)}


@contextmanager
def virtual_display(folder: Path) -> Iterator[Display]:
    """Only who holds the cookie may look at it or type into it."""
    cookie, authority = secrets.token_bytes(16), folder / "authority"
    fields = [b"", b"", COOKIE, cookie]
    authority.write_bytes(struct.pack(">H", _ANY_FAMILY) + b"".join(struct.pack(">H", len(f)) + f for f in fields))
    reading, writing = os.pipe()
    screen = f"{SIZE[0]}x{SIZE[1]}x24"
    with (folder / "server").open("wb") as log:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp", "-auth", str(authority)],
            pass_fds=[writing], stdout=log, stderr=log,
        )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, (folder / "server").read_text(errors="replace")
        yield Display(int(number), authority, cookie)
    finally:
        server.terminate()
        server.wait(_PATIENCE)


@contextmanager
def at(display: Display) -> Iterator[Screen]:
    screen = Screen(display.number, display.cookie)
    try:
        yield screen
    finally:
        screen.close()


def lets_in(display: Display) -> bool:
    """Whether the server runs. Another one may have its number by now, but not its cookie."""
    try:
        Screen(display.number, display.cookie).close()
    except OSError:
        return False
    return True


def cookie_in(authority: Path) -> bytes:
    """Of the last entry of an authority file."""
    said, offset, fields = authority.read_bytes(), 0, [b""]
    while offset < len(said):
        offset += 2
        fields = []
        for _ in range(4):
            length = struct.unpack_from(">H", said, offset)[0]
            fields.append(said[offset + 2 : offset + 2 + length])
            offset += 2 + length
    return fields[-1]


def _whole(length: int) -> int:
    return (length + 3) // 4 * 4


def _padded(text: bytes) -> bytes:
    return text.ljust(_whole(len(text)), b"\0")
