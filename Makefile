# SPDX-License-Identifier: GPL-2.0-or-later
# suitgate. "make help" lists the targets.
#
# SUITGATE_ROOT=DIR  the build root (default: build/root, or none on Debian 13)
# KVER=, KDIR=       the kernel to build the module for, its headers
# DESTDIR=, PREFIX=  where "make install" installs
# V=1                show the commands

MAKEFLAGS += --no-builtin-rules --no-print-directory
B := build
VM := tests/vm

debian := $(shell . /etc/os-release && [ "$$ID" = debian ] && \
	[ "$${VERSION_ID:-99}" -ge 13 ] && echo 13)
ifeq ($(debian)$(SUITGATE_ROOT),13)
INSIDE :=
ROOT :=
READY := $(B)/.packages
else
ROOT := $(or $(SUITGATE_ROOT),$(B)/root)
INSIDE := $(VM)/enter $(ROOT) .
READY := $(ROOT)/.complete
endif

JOBS := $(shell nproc)
RUNNERS := $(filter-out vm kselftests bench fuzz,$(notdir $(patsubst %/run,%,\
	$(wildcard tests/*/run))))
BUILDS := all plugin unit cov cov-programs cov-fuzz mutate analyze reproducible \
	payload bench-here fuzz fuzz-replay faults-all $(RUNNERS)

.PHONY: help root shell run demo check vm-check check-arm64 check-debug \
	check-firmware-suite check-kernels cov-gate faults-kernel fwupd-parse \
	powercut bench figures install clean image $(BUILDS)
.DELETE_ON_ERROR:
all:

help:
	@echo 'all       the module, the library and suitctl, under build/'
	@echo 'plugin    the plugin for fwupd; part of all where its source is'
	@echo 'root      the build root (on Debian 13: the packages a build needs)'
	@echo 'shell     a shell in it, in this tree'
	@echo "run       one command in it: make run CMD='suitctl --help'"
	@echo 'demo      the story, in a virtual machine'
	@echo 'check     every test: unit fuzz-replay $(RUNNERS) vm-check'
	@echo 'vm-check  the kselftests, in a virtual machine'
	@echo 'check-debug  the kselftests on a kernel that looks for bugs, built here;'
	@echo '          FLAVOUR=debug (memory, locks, leaks; the default), kcsan (races)'
	@echo 'faults-kernel  every allocation of the module fails, in turn; an hour and'
	@echo '          a half'
	@echo 'check-kernels  vm-check, then the same on the newest kernel of Debian sid'
	@echo 'check-arm64  the same on Debian 13 for arm64, in emulation'
	@echo 'check-firmware-suite  the kernel'"'"'s own tests of its firmware loader, with'
	@echo '               the gate and without'
	@echo 'fwupd-parse  10,000 files that are nearly good, each through a fwupdtool;'
	@echo '          half an hour'
	@echo 'powercut  suitgated is killed at every call that changes a file; the power'
	@echo '          goes at every write of an installation; an hour'
	@echo 'faults-all  every call of suitctl and suitgated that can fail does, in'
	@echo '          turn; half an hour'
	@echo 'bench     measure'
	@echo 'figures   write what was measured last into the README'
	@echo 'analyze   gcc -fanalyzer, clang-tidy, cppcheck, sparse; 12 minutes'
	@echo 'reproducible  build twice, elsewhere and differently, and compare'
	@echo 'cov       lines and branches that tests reach; cov-fuzz: of the core, by'
	@echo '          the inputs of the fuzzers alone'
	@echo 'cov-gate  the same of the module, and of what talks to it; on a kernel that'
	@echo '          counts, built here; an hour, of which the kernel is half'
	@echo 'mutate    N=300 mistakes in the core, of 5,700: does a test notice each?'
	@echo '          Half an hour; N=all takes a night'
	@echo 'diff      N=200000 inputs: do the core and libcbor agree? A second; 10^8'
	@echo '          take five minutes'
	@echo 'fuzz      T=SECONDS for each target, 60 if not said; see tests/fuzz'
	@echo 'install   DESTDIR=DIR: install what "all" built'
	@echo 'clean     remove what was built, except build root and gateway image'

# What a fresh machine lacks is put there by root, once.
$(B)/.packages: $(VM)/root.packages
	$(VM)/root
	@mkdir -p $(B) && touch $@

$(ROOT)/.complete: $(VM)/root.packages
	@$(VM)/host-tools mmdebstrap
	$(VM)/root $(ROOT)

root: $(READY)

shell: $(READY)
	@$(INSIDE) $${SHELL_IN_ROOT:-bash} || :

run: $(READY)
	@$(MAKE) all >&2
	@$(INSIDE) sh -c "$$CMD"

ifneq ($(INSIDE),)
# Everything that compiles, in the build root, one at a time; the make in there
# must not look for a build root again.
PASS = $(filter-out SUITGATE_ROOT=%,$(MAKEOVERRIDES))
KEEP_GOING := $(if $(findstring k,$(firstword -$(MAKEFLAGS))),-k)
$(BUILDS): $(READY)
	@mkdir -p $(B)
	@flock $(B)/.lock $(INSIDE) $(MAKE) -j$(JOBS) $(KEEP_GOING) $@ \
		$(PASS)

install: $(READY)
	@[ -n "$(DESTDIR)" ] || { echo 'install: this host is not Debian 13,' \
		'and what was built is for that: set DESTDIR=' >&2; exit 1; }
	@mkdir -p $(DESTDIR)
	@SUITGATE_DEST=$(abspath $(DESTDIR)) $(INSIDE) $(MAKE) install \
		$(filter-out DESTDIR=%,$(PASS)) DESTDIR=/dest
else
include tests/build.mk
endif

# The virtual machine runs on the host, whose QEMU is at hand.
GATEWAY := $(VM)/debian $(VM)/gateway.packages

$(B)/vm/tree: $(GATEWAY)
	@$(VM)/host-tools mmdebstrap
	@mkdir -p $(@D) && rm -rf $@
	$(VM)/debian trixie $(VM)/gateway.packages $@
	@touch $@

$(B)/vm/image/vmlinuz: $(B)/vm/tree $(READY) $(VM)/image $(wildcard $(VM)/gateway/*)
	$(INSIDE) $(VM)/image $(B)/vm/tree $(@D)

image: $(B)/vm/image/vmlinuz
	@$(VM)/host-tools qemu-system-x86_64

# A sound card whose driver takes firmware.
SOUND := -audiodev none,id=a0 -device intel-hda -device hda-duplex,audiodev=a0

vm-check: image payload
	@$(VM)/run -t 1800 $(VMFLAGS) -p tests/kselftests/suitgate/run $(B)/payload
	@$(VM)/run $(VMFLAGS) -p tests/vm/daemon/run $(B)/payload
	@$(VM)/early/run $(B)/vm/tree $(B)/payload $(B)/early
	@$(VM)/run -t 600 $(VMFLAGS) -p $(VM)/fwupd/run $(B)/payload $(SOUND)

# A kernel of our own, which the module and its tests are built for.
KERNELS := $(B)/vm/kernels
FLAVOUR ?= debug
CYCLES ?= 10000
# modules that count where they have been
FIT_gcov := GCOV_PROFILE=y

$(KERNELS)/%/initrd: image payload
	@mkdir -p $(KERNELS) $(B)/for
	@$(INSIDE) $(VM)/kernel $(KERNELS) $*
	@$(INSIDE) $(VM)/fit $(KERNELS)/$* $(B)/payload $(B)/for/$* $(FIT_$*)
	@$(INSIDE) $(VM)/initrd $(KERNELS)/$*/root \
		"$$(cat $(KERNELS)/$*/release)" $@
	@ln -sf ../../image/root.erofs $(KERNELS)/$*/

check-debug: $(KERNELS)/$(FLAVOUR)/initrd
	@$(VM)/check-debug $(KERNELS)/$(FLAVOUR) $(B)/for/$(FLAVOUR) \
		cycles=$(CYCLES)

faults-kernel: $(KERNELS)/debug/initrd
	@SUITGATE_IMAGE=$(KERNELS)/debug $(VM)/run -t 10800 $(VMFLAGS) \
		-p tests/kselftests/suitgate/faults $(B)/for/debug -m 2048

# The tests that need a gate, where it and its programs count; and those of cov.
cov-gate: $(KERNELS)/gcov/initrd cov-programs
	@$(INSIDE) $(VM)/coverage/payload $(B)/for/gcov
	@status=0; $(VM)/coverage/machines $(KERNELS)/gcov $(B)/for/gcov \
		$(B)/gateways $(VMFLAGS) || status=1; \
		$(INSIDE) tests/coverage gate || status=1; exit $$status

# The newest kernel of Debian sid, whose compiler builds the modules.
check-kernels: vm-check
	@mkdir -p $(KERNELS) $(B)/for
	@$(INSIDE) $(VM)/kernel-arm64 $(KERNELS) $(B)/for/arm64
	@$(VM)/kernel-debian $(KERNELS) sid
	@$(VM)/enter $(KERNELS)/sid-tree . \
		$(VM)/fit $(KERNELS)/sid $(B)/payload $(B)/for/sid
	@$(INSIDE) $(VM)/initrd $(KERNELS)/sid/root \
		"$$(cat $(KERNELS)/sid/release)" $(KERNELS)/sid/initrd
	@ln -sf ../../image/root.erofs $(KERNELS)/sid/
	@echo "# $$(cat $(KERNELS)/sid/release)"
	@SUITGATE_IMAGE=$(KERNELS)/sid $(VM)/run -t 2400 $(VMFLAGS) \
		-p tests/kselftests/suitgate/run $(B)/for/sid

# Another architecture, whose system is unpacked and never installed.
ARM64 := $(GATEWAY) $(VM)/arm64.packages

$(B)/vm/arm64-tree: $(ARM64)
	@$(VM)/host-tools mmdebstrap
	@mkdir -p $(@D) && rm -rf $@
	$(VM)/debian trixie '$(filter %.packages,$^)' $@ --variant=extract \
		--architectures=arm64
	@touch $@

check-arm64: image payload $(B)/vm/arm64-tree
	@mkdir -p $(KERNELS) $(B)/for
	@$(INSIDE) $(VM)/kernel-arm64 $(KERNELS) $(B)/for/arm64
	@$(INSIDE) $(VM)/arm64 $(B)/vm/tree $(B)/vm/arm64-tree $(B)/payload \
		$(B)/for/arm64 $(B)/vm/arm64
	@$(VM)/host-tools qemu-system-aarch64
	@SUITGATE_IMAGE=$(B)/vm/arm64 $(VM)/run -t 3600 $(VMFLAGS) \
		-p tests/kselftests/suitgate/run $(B)/vm/arm64/payload

check-firmware-suite: image payload
	@$(VM)/run -t 7200 $(VMFLAGS) -p tests/kselftests/suitgate/stock $(B)/payload

# Half an hour.
fwupd-parse: all
	@$(INSIDE) sh -c 'tests/fwupd/parse 10000 tests/attack/corpus/*.suit'

bench: image payload
	@tests/bench/table $(B)/bench.tsv '$(MAKE) -s bench-here' \
		'$(VM)/run $(VMFLAGS) -p tests/bench/run $(B)/payload'

# The daemon is killed at each call that changes a file; the power goes at each
# entry of the log of a disk under a device's life; and that of virtual machines
# goes together with their disk's cache.
powercut: image payload
	@$(VM)/host-tools nbdkit
	@$(INSIDE) tests/powercut/daemon
	@tests/powercut/log $(B)/payload $(B)/powercut $(INSIDE)
	@tests/powercut/kills $(B)/payload $(B)/kills

figures:
	@tests/figures/write

demo: image payload
	@$(VM)/run $(VMFLAGS) -p tests/vm/demo/run $(B)/payload $(SOUND)

check:
	@$(MAKE) -j2 all image
	@tests/tally $(foreach t,unit fuzz-replay $(RUNNERS) vm-check,'$(MAKE) -s $(t)')

clean:
	rm -rf $(filter-out $(B)/root $(B)/vm,$(wildcard $(B)/*))
