# SPDX-License-Identifier: GPL-2.0-or-later
# What compiles, on Debian 13: included by the Makefile, never run by itself.

KVER ?= $(shell ls -d /usr/src/linux-headers-*[0-9]-amd64 | sort -V | \
	sed -n '$$s/.*linux-headers-//p')
KSERIES := $(shell echo $(KVER) | cut -d. -f1,2)
KDIR ?= /usr/src/linux-headers-$(KVER)
PREFIX ?= /usr
LIBDIR ?= $(PREFIX)/lib/x86_64-linux-gnu
SOVERSION := 0
VERSION := $(or $(shell sed -n 's/^\#\# \[*\([0-9][0-9.]*\).*/\1/p;T;q' \
	CHANGELOG.md),unreleased)

CC := gcc
CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Werror -Wshadow -Wvla -Wundef -Wformat=2 \
	-Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wimplicit-fallthrough
# Nothing that is built says where.
HARDEN := -fstack-protector-strong -fPIC -ffile-prefix-map=$(CURDIR)=. \
	-ffile-prefix-map=$(CURDIR)/=
# Nobody puts another function in the place of one of ours: they may be inlined.
HARDEN += -fno-semantic-interposition
FORTIFY := -D_FORTIFY_SOURCE=3
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer -Wno-frame-larger-than
# The same for libFuzzer, which is clang's.
SANITIZE_FUZZ := -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer \
	-Wno-unknown-warning-option -Wno-frame-larger-than
# Optimised code has branches nobody wrote.
COVER := -O0 --coverage -Wno-frame-larger-than
# Functions whose calls may fail: see tests/faults/wrap.h.
comma := ,
WRAPPED = $(addprefix -Wl$(comma)--wrap=,$(shell grep -oh '^WRAP.[A-Za-z0-9_]*' \
	$(1) | cut -c 6-))
# Children that _exit() write down where they have been, too; and its calls may
# fail, as those of build/faults/suitgated.
cov_LIBS = -Wl,--wrap=_exit -Wl,--wrap=dlsym $(call WRAPPED,$(wildcard tests/faults/*.c)) \
	-lcurl
COMPILE = $(CC) -std=gnu11 -MMD -MP $(CFLAGS) $(WARNINGS) $(HARDEN)
# The core: nothing from outside, everything converted on purpose.
CORE_FLAGS := -ffreestanding -Wconversion -Wsign-conversion \
	-Wframe-larger-than=1024
USER_FLAGS := -D_GNU_SOURCE -Iuserspace/include
CLI_FLAGS := $(USER_FLAGS) -DSUITGATE_VERSION='"$(VERSION)"'
LIB_FLAGS := $(USER_FLAGS) -Iuserspace/lib -Ikmod
# A row of a table leaves out what is nothing.
TEST_FLAGS := -Wno-missing-field-initializers
PACKAGES := libcbor libcrypto libsystemd
LIBS := $(shell pkg-config --libs $(PACKAGES))

CORE := $(wildcard kmod/core/*.c)
LIB := $(CORE) $(wildcard userspace/lib/*.c)
CLI := $(wildcard userspace/cli/*.c)
DAEMON := $(wildcard userspace/daemon/*.c)
CRASH := $(wildcard tests/daemon/crash.c)
# libcurl is loaded when it is needed
DAEMON_LIBS := $(shell pkg-config --libs sqlite3)
# Tests of it, which the core is not all of.
DAEMON_TESTS := config_test denial_test policy_test trial_test watch_test
TESTS := $(wildcard tests/unit/*_test.c)
TEST_HELP := $(filter-out $(TESTS),$(wildcard tests/unit/*.c))
JUDGE := $(wildcard tests/attack/*.c)
VECTORS := $(wildcard tests/vectors/*.c)
DIFFER := $(wildcard tests/diff/*.c)
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_HELP := $(filter-out %/main.c tests/fuzz/fuzz_%,$(wildcard tests/fuzz/*.c))
MAP := $(wildcard userspace/lib/libsuitgate.map)

# Object files mirror the tree, once as shipped and once under sanitizers.
objects = $(patsubst %.c,$(B)/$(1)/%.o,$(2))
programs = $(patsubst tests/unit/%.c,$(B)/$(1)/unit/%,$(TESTS))
UNIT := $(call programs,plain) $(call programs,asan)
mutated = $(addprefix $(B)/mutate/$(1)/,judge vectors differ \
	$(filter-out $(DAEMON_TESTS),$(TESTS:tests/unit/%.c=%)))

ifeq ($(V),)
say = @printf '  %-7s %s\n' $(1) $(2);
endif

all: $(B)/libsuitgate.so $(if $(CLI),$(B)/suitctl) \
	$(if $(DAEMON),$(B)/suitgated $(B)/asan/suitgated) \
	$(if $(CRASH),$(B)/plain/tests/daemon/crash.so) $(B)/suitgate.ko \
	$(if $(JUDGE),$(B)/judge $(B)/asan/judge) $(B)/differ \
	$(if $(VECTORS),$(B)/asan/vectors)

$(B)/%/libsuitgate.a:
	$(call say,AR,$@) rm -f $@ && ar rcsD $@ $^

$(B)/libsuitgate.so.$(SOVERSION): $(call objects,plain,$(LIB)) $(MAP)
	$(call say,LINK,$@) $(CC) -shared -o $@ $(filter %.o,$^) \
		-Wl,-soname,$(@F) $(MAP:%=-Wl,--version-script=%) \
		-Wl,-z,relro,-z,now,-z,defs -Wl,--as-needed $(LIBS)

$(B)/libsuitgate.so: $(B)/libsuitgate.so.$(SOVERSION)
	@ln -sf $(<F) $@

# In the tree the programs carry the library with them.
$(B)/suitctl: $(call objects,plain,$(CLI)) $(B)/plain/libsuitgate.a
	$(call say,LINK,$@) $(CC) -o $@ $^ -pie -Wl,-z,relro,-z,now $(LIBS)

$(B)/suitgated: $(B)/plain/suitgated
	@ln -sf plain/suitgated $@

$(B)/plain/tests/daemon/crash.so: $(B)/plain/tests/daemon/crash.o
	$(call say,LINK,$@) $(CC) -shared -o $@ $<

$(B)/judge: $(B)/plain/judge
	@ln -sf plain/judge $@

define flavour
$$(B)/$(1)/libsuitgate.a: $$(call objects,$(1),$$(LIB))

$$(B)/$(1)/kmod/core/%.o: kmod/core/%.c
	$$(call say,CC,$$@) mkdir -p $$(@D) && \
		$$(COMPILE) $$(CORE_FLAGS) $(2) -Ikmod/core -c -o $$@ $$<

$$(B)/$(1)/userspace/lib/%.o: userspace/lib/%.c
	$$(call say,CC,$$@) mkdir -p $$(@D) && \
		$$(COMPILE) $(2) $(3) $$(LIB_FLAGS) -c -o $$@ $$<

$$(B)/$(1)/userspace/cli/%.o: userspace/cli/%.c
	$$(call say,CC,$$@) mkdir -p $$(@D) && \
		$$(COMPILE) $(2) $(3) $$(CLI_FLAGS) -c -o $$@ $$<

$$(B)/$(1)/userspace/daemon/%.o: userspace/daemon/%.c
	$$(call say,CC,$$@) mkdir -p $$(@D) && \
		$$(COMPILE) $(2) $(3) $$(CLI_FLAGS) -c -o $$@ $$<

$$(B)/$(1)/tests/%.o: tests/%.c
	$$(call say,CC,$$@) mkdir -p $$(@D) && \
		$$(COMPILE) $(2) $(3) $$(LIB_FLAGS) $$(TEST_FLAGS) -c -o $$@ $$<

$$(B)/$(1)/unit/config_test: \
		$$(call objects,$(1),$$(wildcard userspace/daemon/config*.c))

$$(filter-out %/config_test,$$(DAEMON_TESTS:%=$$(B)/$(1)/unit/%)): \
		UNIT_LIBS = $$(DAEMON_LIBS)
# with a gate of its own
$$(B)/$(1)/unit/watch_test: \
		UNIT_LIBS += $$(call WRAPPED,tests/unit/watch_test.c)
$$(filter-out %/config_test,$$(DAEMON_TESTS:%=$$(B)/$(1)/unit/%)): \
		$$(call objects,$(1),$$(filter-out %/main.c,$$(DAEMON)))

$$(B)/$(1)/unit/%: $$(B)/$(1)/tests/unit/%.o $$(call objects,$(1),$$(TEST_HELP)) \
		$$(B)/$(1)/libsuitgate.a
	$$(call say,LINK,$$@) mkdir -p $$(@D) && \
		$$(CC) $(2) -o $$@ $$(filter %.o,$$^) $$(filter %.a,$$^) \
		-lcmocka $$(LIBS) $$(UNIT_LIBS)

$$(B)/$(1)/suitgated: $$(call objects,$(1),$$(DAEMON)) $$(B)/$(1)/libsuitgate.a
	$$(call say,LINK,$$@) $$(CC) $(2) -o $$@ $$^ -pie \
		-Wl,-z,relro,-z,now $$(LIBS) $$(DAEMON_LIBS) $$($(1)_LIBS)

$$(B)/$(1)/suitctl: $$(call objects,$(1),$$(CLI)) $$(B)/$(1)/libsuitgate.a
	$$(call say,LINK,$$@) $$(CC) $(2) -o $$@ $$^ $$(LIBS)

$$(B)/$(1)/judge: $$(call objects,$(1),$$(JUDGE)) $$(B)/$(1)/libsuitgate.a
	$$(call say,LINK,$$@) $$(CC) $(2) -o $$@ $$^ $$(LIBS)

$$(B)/$(1)/vectors: $$(call objects,$(1),$$(VECTORS)) $$(B)/$(1)/libsuitgate.a
	$$(call say,LINK,$$@) $$(CC) $(2) -o $$@ $$^ $$(LIBS)

# Test programs that find the core in a library, in whose place another comes.
$$(B)/mutate/$(1)/libcore.so: $$(call objects,$(1),$$(CORE))
	$$(call say,LINK,$$@) mkdir -p $$(@D) && $$(CC) $(2) -shared \
		-Wl,-soname,$$(@F) -o $$@ $$^

$$(filter %_test,$$(call mutated,$(1))): $$(B)/mutate/$(1)/%: \
		$$(B)/$(1)/tests/unit/%.o $$(call objects,$(1),$$(TEST_HELP))
$$(B)/mutate/$(1)/judge: $$(call objects,$(1),$$(JUDGE))
$$(B)/mutate/$(1)/vectors: $$(call objects,$(1),$$(VECTORS))
$$(B)/mutate/$(1)/differ: $$(call objects,$(1),$$(DIFFER))
$$(call mutated,$(1)): $$(B)/mutate/$(1)/libcore.so $$(B)/$(1)/libsuitgate.a
	$$(call say,LINK,$$@) $$(CC) $(2) -o $$@ $$(filter %.o,$$^) \
		$$(filter %.so,$$^) $$(filter %.a,$$^) -lcmocka $$(LIBS)
endef
$(eval $(call flavour,plain,,$(FORTIFY)))
$(eval $(call flavour,asan,$(SANITIZE)))
$(eval $(call flavour,fuzz,$(SANITIZE_FUZZ)))
$(eval $(call flavour,cov,$(COVER)))
$(B)/fuzz/%: CC := clang
# To optimised code several branches are one, and so are their inputs.
$(B)/fuzz/kmod/core/%: CFLAGS := -O0 -g
.SECONDARY:

# The same for analysers: gcc's, and clang-tidy in place of a compiler.
MODEL := -include tests/analyze/model.h
$(eval $(call flavour,analyzer,-fanalyzer,$$(MODEL) $(FORTIFY)))
$(eval $(call flavour,tidy,,$$(MODEL)))
$(B)/tidy/%: CC := tests/analyze/tidy
# the model is of what these have
$(addsuffix /userspace/lib/error.o,$(B)/analyzer $(B)/tidy): MODEL :=
ANALYZED = $(LIB) $(CLI) $(DAEMON) $(PLUGIN_SOURCES)
ANALYSES = $(call objects,analyzer,$(ANALYZED)) $(call objects,tidy,$(ANALYZED))

$(call objects,tidy,$(ANALYZED)): .clang-tidy tests/analyze/tidy

analyze: all $(ANALYSES)
	@tests/analyze/cppcheck
	@tests/lint/run sparse

# Fuzz targets: with libFuzzer, and to run files through them without it. Those
# of the daemon have its files for that.
FUZZ_config := $(wildcard userspace/daemon/config*.c)
FUZZ_varlink := $(FUZZ_config) $(wildcard userspace/daemon/manager*.c)
define fuzzed
$$(B)/fuzz/bin/$(1): $$(call objects,fuzz,$$(FUZZ_$(1)))
$$(B)/replay/$(1): $$(call objects,asan,$$(FUZZ_$(1)))
$$(B)/cov/replay/$(1): $$(call objects,cov,$$(FUZZ_$(1)))
endef
$(foreach t,config varlink,$(eval $(call fuzzed,$(t))))

$(B)/fuzz/bin/%: $(B)/fuzz/tests/fuzz/fuzz_%.o \
		$(call objects,fuzz,$(FUZZ_HELP)) $(B)/fuzz/libsuitgate.a
	$(call say,LINK,$@) mkdir -p $(@D) && \
		$(CC) -fsanitize=fuzzer,address,undefined -o $@ \
		$(filter %.o,$^) $(filter %.a,$^) $(LIBS)

$(B)/replay/%: $(B)/asan/tests/fuzz/fuzz_%.o \
		$(call objects,asan,$(FUZZ_HELP) tests/fuzz/main.c) \
		$(B)/asan/libsuitgate.a
	$(call say,LINK,$@) mkdir -p $(@D) && \
		$(CC) $(SANITIZE) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LIBS)

$(B)/cov/replay/%: $(B)/cov/tests/fuzz/fuzz_%.o \
		$(call objects,cov,$(FUZZ_HELP) tests/fuzz/main.c) \
		$(B)/cov/libsuitgate.a
	$(call say,LINK,$@) mkdir -p $(@D) && \
		$(CC) $(COVER) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LIBS)

fuzz: $(FUZZ:%=$(B)/fuzz/bin/%)
	@tests/fuzz/campaign $(T)

fuzz-replay: $(FUZZ:%=$(B)/replay/%)
	@tests/fuzz/run

$(B)/cov/suitgated: $(addprefix $(B)/plain/tests/,coverage_exit.o \
	faults/fail.o faults/fail_daemon.o)

-include $(shell find $(addprefix $(B)/,plain asan fuzz cov analyzer tidy) -name '*.d' 2> /dev/null)

ifneq ($(wildcard /usr/lib/*/fwupd-*/libfwupdplugin.so),)
include plugins/fwupd/build.mk
endif

# The kernel's build writes beside its sources, so it gets links to them.
KSOURCES := Kbuild $(shell find kmod -name '*.[ch]' 2> /dev/null)
$(B)/suitgate.ko: $(KSOURCES) $(KDIR)/Module.symvers
	@find $(B)/kmod -xtype l -delete 2> /dev/null || :
	@for f in $(KSOURCES); do mkdir -p $(B)/kmod/$$(dirname $$f) && \
		ln -srf $$f $(B)/kmod/$$f; done
	+$(MAKE) -C $(KDIR) M=$(CURDIR)/$(B)/kmod \
		KCFLAGS=-ffile-prefix-map=$(CURDIR)/$(B)/kmod/= modules
	@cp $(B)/kmod/suitgate.ko $@

# Benchmarks: the verifier here, and the program that asks in the gateway. The
# wrapped functions are counted where this tree calls them.
BENCH := $(filter-out %/gate.c %/install.c,$(wildcard tests/bench/*.c))
$(B)/bench: $(call objects,plain,$(BENCH)) $(B)/plain/libsuitgate.a
	$(call say,LINK,$@) $(CC) -o $@ $^ \
		-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc $(LIBS)

$(B)/bench-install: $(B)/plain/tests/bench/install.o $(B)/plain/libsuitgate.a
	$(call say,LINK,$@) $(CC) -o $@ $^ $(LIBS)

$(B)/plain/bench: $(B)/plain/tests/bench/gate.o
	$(call say,LINK,$@) $(CC) -o $@ $^

bench-here: $(B)/bench $(B)/bench-install $(B)/suitctl
	@$(B)/bench $(B)/suitctl
	@$(B)/bench-install $(CURDIR)/$(B)/bench-install.dir

# Programs with calls that may fail.
$(B)/faults/suitctl: $(call objects,asan,$(CLI)) $(B)/plain/tests/faults/fail.o \
		$(B)/asan/libsuitgate.a
	$(call say,LINK,$@) mkdir -p $(@D) && $(CC) $(SANITIZE) -o $@ $^ \
		$(call WRAPPED,tests/faults/fail.c) $(LIBS)

$(B)/faults/suitgated: $(call objects,asan,$(DAEMON)) \
		$(addprefix $(B)/plain/tests/faults/,fail.o fail_daemon.o) \
		$(B)/asan/libsuitgate.a
	$(call say,LINK,$@) mkdir -p $(@D) && $(CC) $(SANITIZE) -o $@ $^ \
		$(call WRAPPED,tests/faults/*.c) -Wl,--wrap=dlsym \
		$(LIBS) $(DAEMON_LIBS) -lcurl

faults: $(B)/faults/suitctl
daemon: $(B)/faults/suitgated

# Every call, one after another, in half an hour; "make check" tries some of them.
faults-all: all $(B)/faults/suitctl $(B)/faults/suitgated
	@STEP=1 tests/faults/run
	@STEP=1 tests/daemon/run faults

# The verifier's CBOR held against libcbor's.
$(B)/differ: $(call objects,plain,$(DIFFER)) $(B)/plain/libsuitgate.a
	$(call say,LINK,$@) $(CC) -o $@ $^ $(LIBS)

# A device's life step by step, and what its disk had on it at every moment.
$(B)/plain/step: $(addprefix $(B)/plain/tests/powercut/,step.o floors.o) \
		$(B)/plain/libsuitgate.a
	$(call say,LINK,$@) $(CC) -o $@ $^ -Wl,--wrap=sg_fs_sync $(LIBS)

$(B)/plain/replay: $(B)/plain/tests/powercut/replay.o
	$(call say,LINK,$@) $(CC) -o $@ $^

unit: $(UNIT)
	@status=0; for t in $(UNIT); do echo "# $$t"; \
		CMOCKA_MESSAGE_OUTPUT=TAP $$t || status=1; done; exit $$status

# Is what is installed made the same twice?
reproducible: all
	@tests/reproducible

# How much the tests reach; and of the core the inputs of the fuzzers alone.
cov-programs: $(call programs,cov) \
		$(addprefix $(B)/cov/,judge vectors suitctl suitgated) \
		$(B)/suitgated $(B)/plain/tests/daemon/crash.so \
		$(if $(FWUPD_LIB),$(B)/fwupd/libfu_plugin_suit.so)

cov: cov-programs
	@tests/coverage

cov-fuzz: $(FUZZ:%=$(B)/cov/replay/%)
	@tests/coverage fuzz

# Is a mistake in the core noticed? Half an hour for the 300 that it makes if N
# says nothing else.
mutate: $(call mutated,plain) $(call mutated,asan)
	@PLAIN='$(COMPILE) $(CORE_FLAGS)' ASAN='$(COMPILE) $(CORE_FLAGS) $(SANITIZE)' \
		tests/mutate/campaign $(N)

lint: $(B)/kernel

# What tests are called, asked of their programs.
$(B)/plain/names.so: tests/conformance/names.c
	$(call say,LINK,$@) mkdir -p $(@D) && $(COMPILE) -shared -o $@ $<

conformance: $(call programs,plain) $(B)/plain/names.so

$(RUNNERS): all
	@tests/$@/run

# Product and tests as the gateway gets them.
payload: all $(addprefix $(B)/plain/,bench step replay) $(B)/kernel
	@KDIR=$(KDIR) $(VM)/payload $(B)/payload

# Of the kernel's source what tests need: its style checker, its test harness.
KSOURCE := linux-source-$(KSERIES)
KWANTED := $(addprefix scripts/,checkpatch.pl spelling.txt \
	const_structs.checkpatch) $(addprefix tools/testing/selftests/,lib.mk \
	kselftest.h kselftest_harness.h run_kselftest.sh kselftest firmware)
$(B)/kernel: /usr/src/$(KSOURCE).tar.xz tests/build.mk
	$(call say,TAR,$@) rm -rf $@ && mkdir -p $@/include && tar -xf $< -C $@ \
		--strip-components=1 $(addprefix $(KSOURCE)/,$(KWANTED)) && touch $@

# Every file that is there, where Debian has its kind.
put = $(foreach f,$(wildcard $(2)),install -D -m $(3) $(f) \
	"$(DESTDIR)$(strip $(1))/$(notdir $(f))" &&) :
MAN := $(wildcard userspace/data/man/*.[1-8])

install: all
	@$(call put, $(PREFIX)/lib/modules/$(KVER)/updates, $(B)/suitgate.ko,644)
	@$(call put, $(PREFIX)/bin, $(B)/suitctl,755)
	@$(call put, $(PREFIX)/libexec, $(B)/suitgated,755)
	@$(call put, $(LIBDIR), $(B)/libsuitgate.so.$(SOVERSION),644)
	@$(call put, $(dir $(FWUPD_LIB)), $(B)/fwupd/libfu_plugin_suit.so,644)
	@ln -sf libsuitgate.so.$(SOVERSION) "$(DESTDIR)$(LIBDIR)/libsuitgate.so"
	@$(call put, $(LIBDIR), $(B)/plain/libsuitgate.a,644)
	@$(call put, $(PREFIX)/include, userspace/include/suitgate.h,644)
	@$(call put, $(PREFIX)/include/suitgate, userspace/include/suitgate/*.h,644)
	@mkdir -p "$(DESTDIR)$(LIBDIR)/pkgconfig"
	@printf '%s\n' 'Name: libsuitgate' 'Version: $(VERSION)' \
		'Description: sign, verify and control gated firmware' \
		'Requires.private: $(PACKAGES)' 'Libs: -L$(LIBDIR) -lsuitgate' \
		'Cflags: -I$(PREFIX)/include' \
		> "$(DESTDIR)$(LIBDIR)/pkgconfig/libsuitgate.pc"
	@$(call put, $(PREFIX)/lib/udev/rules.d, udev/*.rules,644)
	@cd udev/initramfs-tools 2> /dev/null || exit 0; \
		find . -type f -exec install -D -m 755 {} \
		"$(DESTDIR)$(PREFIX)/share/initramfs-tools/{}" \;
	@for f in $(MAN); do install -D -m 644 $$f \
		"$(DESTDIR)$(PREFIX)/share/man/man$${f##*.}/$${f##*/}"; done
	@$(call put, $(PREFIX)/lib/tmpfiles.d, userspace/data/tmpfiles.d/*,644)
	@$(call put, $(PREFIX)/lib/modules-load.d, userspace/data/modules-load.d/*,644)
	@$(call put, /etc/suitgate, userspace/data/config/*,644)
	@$(call put, $(PREFIX)/lib/systemd/system, userspace/data/systemd/*,644)
	@$(call put, $(PREFIX)/share/varlink, userspace/data/varlink/*,644)
	@$(call put, $(PREFIX)/lib/systemd/catalog, userspace/data/catalog/*,644)
	@$(call put, $(PREFIX)/libexec, userspace/data/libexec/*,755)
	@$(call put, /etc/dpkg/dpkg.cfg.d, userspace/data/dpkg/*,644)
	@$(call put, $(PREFIX)/share/bash-completion/completions, \
		userspace/data/completions/bash/*,644)
	@$(call put, $(PREFIX)/share/zsh/vendor-completions, \
		userspace/data/completions/zsh/*,644)
	@$(call put, $(PREFIX)/share/fish/vendor_completions.d, \
		userspace/data/completions/fish/*,644)
