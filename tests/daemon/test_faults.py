# SPDX-License-Identifier: GPL-2.0-or-later
"""One call of the daemon or of its children fails, in turn: of memory, files,
processes, its database, cryptography; while something is installed, and while
what is on trial is taken back. STEP, from the environment, is how many calls it
goes on after each, 1 tries all; FIRST is the number of the first.

Whatever fails: it ends, and not by a signal or a sanitizer; who asked hears of
it, or what was asked for is done; and started again without a fault there is the
old firmware or the new, with what belongs to it and nothing else, and what was
not done can be.
"""

import os
import shutil
import signal

import helper
from helper import check

FAULTY = helper.SUITGATED if helper.PROGRAMS else \
    helper.TREE / "build/faults/suitgated"
STEP = int(os.environ.get("STEP") or 149)
FIRST = int(os.environ.get("FIRST") or 1)
SANITIZER = 99
X = "firmware/acme/x.fw"
# with a signature, which is another one every time
SIGNED = ("var/floors.signed",)


def files(bench):
    """What is on disk, without the database: its rows are asked for."""
    return {str(p.relative_to(bench.top)): p.read_bytes()
            for name in ("var", "fw") for p in (bench.top / name).rglob("*")
            if p.is_file() and not p.name.startswith("suitgated.db")}


def is_confirmed(bench):
    """A call that may fail itself."""
    try:
        error, answers = bench.call("ListComponents")
    except OSError:
        return False
    return not error and answers[0]["components"][0]["confirmed"]


class Scenario:
    """What happens to what was installed before: @old, then @new."""
    extra = ""

    def __init__(self, bench, old, new):
        self.bench, self.new = bench, new
        bench.clear()
        bench.extra = ""
        bench.start()
        bench.install(old)
        assert bench.confirmed()
        bench.stop()
        shutil.rmtree(bench.top / "saved", ignore_errors=True)
        for name in ("var", "fw"):
            shutil.copytree(bench.top / name, bench.top / "saved" / name)
        bench.start()
        bench.stop()
        self.before = files(bench)
        bench.start()
        error, answer = bench.install(new)
        assert not error and bench.confirmed(), (error, answer)
        bench.stop()
        self.after = files(bench)
        bench.extra = self.extra

    def restore(self):
        for name in ("var", "fw"):
            shutil.rmtree(self.bench.top / name, ignore_errors=True)
            shutil.copytree(self.bench.top / "saved" / name,
                            self.bench.top / name)

    def ask(self):
        """Of the daemon that fails: the error, if there was one."""
        raise NotImplementedError

    def settle(self, heard):
        """Of one that does not, afterwards: what is wrong."""
        raise NotImplementedError

    def attempt(self, at):
        """While call @at fails: its name, what the client heard, and how many
        calls there were."""
        bench, log = self.bench, self.bench.top / "faults"
        log.write_text("")
        log.chmod(0o666)
        (bench.top / "log").write_text("")
        heard = "it did not start"
        bench.start(program=FAULTY, FAIL_AT=str(at), FAIL_LOG=str(log),
                    ASAN_OPTIONS=f"exitcode={SANITIZER}:"
                                 "allocator_may_return_null=1",
                    LSAN_OPTIONS=f"exitcode={SANITIZER}")
        if bench.daemon.poll() is None:
            try:
                heard = self.ask()
            except TimeoutError:
                heard = ""
            except OSError as why:
                heard = str(why) or type(why).__name__
        bench.stop(signal.SIGTERM if bench.daemon.poll() is None else 0)
        lines = log.read_text().split()
        return (lines[0] if lines and not lines[0].isdigit() else None), heard, \
            int(lines[-1]) if lines and lines[-1].isdigit() else 0

    def compare(self, want):
        got = files(self.bench)
        return [f"{name} is {'changed' if name in got else 'gone'}"
                if name in want else f"{name} is left"
                for name in sorted({*want, *got})
                if want.get(name) != got.get(name) and name not in SIGNED]

    def judge(self, at):
        """False when there was no such call."""
        self.restore()
        failing, heard, _ = self.attempt(at)
        said, wrong = self.bench.text(), []
        if self.bench.code not in (0, 2) or "Sanitizer" in said:
            wrong.append(f"it ends with {self.bench.code}")
        if heard is not None and not heard.strip():
            wrong.append("nobody hears why")
        self.bench.start()
        wrong += self.settle(heard)
        self.bench.stop()
        check(not wrong, f"{self.name}: call {at}, {failing}, fails: "
              "what there is is whole", "\n".join(wrong),
              f"\nheard: {heard}\n", said, self.bench.text())
        return failing

    def run(self):
        self.restore()
        failing, heard, calls = self.attempt(0)
        check(failing is None and heard is None and calls > 300,
              f"{self.name}: {calls} calls without a fault", heard,
              self.bench.text())
        failed = sum(self.judge(at) is not None
                     for at in range(FIRST, calls + 1, STEP))
        check(failed > 0, f"{self.name}: {failed} of {calls} calls failed")


class Install(Scenario):
    name = "install"

    def ask(self):
        error, answer = self.bench.install(self.new)
        if error:
            return f"{error} {answer}"
        self.bench.wait_for(lambda: self.bench.daemon.poll() is not None or
                            is_confirmed(self.bench), 3)
        return None

    def settle(self, heard):
        bench, wrong = self.bench, []
        if not bench.confirmed():
            wrong.append("it is never confirmed")
        has = bench.firmware()
        if has not in (b"old", b"new"):
            return [*wrong, f"there is {has}"]
        if heard is None and has != b"new":
            wrong.append("the client heard of success, and it is not there")
        number = bench.components()[X]["sequenceNumber"]
        if number != (1 if has == b"old" else 2):
            wrong.append(f"{has} is said to be number {number}")
        bench.stop()
        wrong += self.compare(self.before if has == b"old" else self.after)
        bench.start()
        if has == b"old":
            error, answer = bench.install(self.new)
            if error or not bench.confirmed() or bench.firmware() != b"new":
                wrong.append(f"it cannot be installed then: {error} {answer}")
        return wrong


class Cancel(Scenario):
    """Only people can say that it works, and they say that it does not."""
    name = "cancel"
    extra = f"[Component {X}]\nHealth=manual\n"

    def ask(self):
        error, answer = self.bench.install(self.new)
        if not error:
            error, answer = self.bench.call("Cancel", {"what": X})
        return f"{error} {answer}" if error else None

    def settle(self, heard):
        bench, wrong = self.bench, []
        has, known = bench.firmware(), bench.components()[X]
        if has not in (b"old", b"new"):
            return [f"there is {has}"]
        if heard is None and has != b"old":
            wrong.append("the client heard of success, and the new one is there")
        if known["confirmed"] != (has == b"old"):
            wrong.append(f"{has}: confirmed is {known['confirmed']}")
        if has == b"new":
            error, answer = bench.call("Cancel", {"what": X})
            if error or bench.firmware() != b"old":
                wrong.append(f"it cannot be canceled then: {error} {answer}")
        bench.stop()
        wrong += self.compare(self.before)
        bench.start()
        return wrong


def run(bench):
    old, new = bench.author(b"old", 1), bench.author(b"new", 2)
    for scenario in Install, Cancel:
        scenario(bench, old, new).run()
