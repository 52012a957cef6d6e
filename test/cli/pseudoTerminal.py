"""Runs a program in a pseudo terminal, for tests: pseudoTerminal.py COLUMNS ROWS PROGRAM ARGUMENT...

Each line on stdin is a step: `wait TEXT` until the program has written this text, `type HEX` as if typed, `resize
COLUMNS ROWS`. What the program writes goes to stdout; its exit code is ours.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time


def resize(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def main():
    columns, rows, *command = sys.argv[1:]
    steps = [line.rstrip("\n") for line in sys.stdin]
    child, terminal = pty.fork()
    if child == 0:
        # The size is set before the program asks for it.
        resize(0, int(columns), int(rows))
        os.execvp(command[0], command)
    written = b""
    deadline = time.monotonic() + 60
    while True:
        while steps:
            word, _, rest = steps[0].partition(" ")
            if word == "wait":
                place = written.find(rest.encode())
                if place == -1:
                    break
                written = written[place + len(rest.encode()) :]
            elif word == "type":
                os.write(terminal, bytes.fromhex(rest))
            elif word == "resize":
                resize(terminal, *map(int, rest.split()))
            steps.pop(0)
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            sys.exit(f"nothing came of: {steps[:1]}")
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:
            data = b""
        if not data:
            break
        written += data
        if not steps:
            written = b""
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 255)


main()
