# SPDX-License-Identifier: GPL-2.0-or-later
"""The driver gets new firmware: its device is bound again, or its module loaded
again; with a bus and a modprobe of the test's in the place of the machine's."""

import helper
from helper import check

X = "firmware/acme/x.fw"
DEVICE = "0000:00:03.0"


def machine(bench):
    """A program that starts the daemon where /sys/bus and modprobe are others."""
    bus = bench.top / "bus/pci"
    (bus / "devices" / DEVICE / "driver").mkdir(parents=True)
    (bus / "devices" / DEVICE / "driver/unbind").touch()
    (bus / "drivers_probe").touch()
    modprobe = bench.top / "modprobe"
    modprobe.write_text(f'#!/bin/sh\necho "$*" >> {bench.top}/loaded\n'
                        f'[ ! -e {bench.top}/broken ]\n')
    program = bench.top / "elsewhere"
    program.write_text(
        # the build root, where / is no mount, is private as a whole
        "#!/bin/sh\nhow=private\nunshare -m true 2> /dev/null || how=unchanged\n"
        "exec unshare -m --propagation $how sh -ec '"
        f"mount --bind {bench.top}/bus /sys/bus\n"
        f"mount --bind {modprobe} /usr/sbin/modprobe\n"
        f'exec {helper.SUITGATED} "$@"\' sh "$@"\n')
    for script in modprobe, program:
        script.chmod(0o755)
    return program


def use(bench, program, text):
    bench.stop()
    bench.extra = f"[Component {X}]\nDeadline=2s\n{text}\n"
    bench.start(program=program)


def back(bench, text, release, old):
    """What does not come up is taken back."""
    error, answer = bench.install(release)
    there = bench.wait_for(lambda: bench.firmware() == old and
                           bench.components()[X]["confirmed"])
    check(there, text, error, answer, bench.firmware(), bench.text())


def run(bench):
    program = machine(bench)
    bus = bench.top / "bus/pci"
    driver = bus / "devices" / DEVICE / "driver"
    use(bench, program, f"Activation=rebind\nDevice=pci/{DEVICE}\nHealth=bound")
    error, answer = bench.install(bench.author(b"one", 1))
    check(error is None and bench.confirmed(), "rebind", error, answer, bench.text())
    check((driver / "unbind").read_text() == DEVICE and
          (bus / "drivers_probe").read_text() == DEVICE,
          "the device is unbound, then probed")
    (driver / "unbind").unlink()
    driver.rmdir()
    back(bench, "no driver takes it: the old one comes back",
         bench.author(b"two", 2), b"one")
    (bus / "drivers_probe").unlink()
    back(bench, "it cannot be probed: the old one comes back",
         bench.author(b"three", 3), b"one")
    use(bench, program, "Activation=rebind\nDevice=pci/..\nHealth=delivered")
    back(bench, "a device that is none: the old one comes back",
         bench.author(b"four", 4), b"one")

    use(bench, program, "Activation=reload\nModule=radio")
    error, answer = bench.install(bench.author(b"five", 5))
    check(error is None and bench.confirmed() and bench.firmware() == b"five",
          "reload", error, answer, bench.text())
    check((bench.top / "loaded").read_text() == "-r radio\nradio\n",
          "the module is removed, then loaded", (bench.top / "loaded").read_text())
    (bench.top / "broken").touch()
    back(bench, "a module that does not load: the old one comes back",
         bench.author(b"six", 6), b"five")
    use(bench, program, "Activation=reload\nModule=-v")
    (bench.top / "loaded").write_text("")
    back(bench, "a module that is an option: the old one comes back",
         bench.author(b"seven", 7), b"five")
    check((bench.top / "loaded").read_text() == "", "and modprobe never sees it")
