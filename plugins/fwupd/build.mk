# SPDX-License-Identifier: GPL-2.0-or-later
# The fwupd plugin: included by tests/build.mk, where fwupd is installed. What
# Debian has no package of comes from the source package.

FWUPD_LIB := $(wildcard /usr/lib/*/fwupd-*/libfwupdplugin.so)
FWUPD_SDK := $(B)/fwupd/$(notdir $(patsubst %/,%,$(dir $(FWUPD_LIB))))
PLUGIN_SOURCES := $(wildcard plugins/fwupd/*.c)
PLUGIN_PACKAGES := gio-unix-2.0 gmodule-2.0 json-glib-1.0 xmlb libusb-1.0
# Headers of others are not held to our warnings; theirs have unused parameters.
PLUGIN_FLAGS = -D_GNU_SOURCE -DG_LOG_DOMAIN='"FuPluginSuit"' \
	-fvisibility=hidden -Wno-unused-parameter -Iuserspace/include \
	$(addprefix -isystem $(FWUPD_SDK)/include,/ /libfwupd /libfwupdplugin) \
	$(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PLUGIN_PACKAGES)))
PLUGIN_LIBS = $(FWUPD_LIB) $(wildcard /usr/lib/*/libfwupd.so.3) \
	-Wl,-rpath,$(dir $(FWUPD_LIB)) \
	$(shell pkg-config --libs $(PLUGIN_PACKAGES)) $(LIBS)

$(FWUPD_SDK)/include/config.h: plugins/fwupd/sdk
	$(call say,SDK,$(@D)) mkdir -p $(FWUPD_SDK) && plugins/fwupd/sdk $(FWUPD_SDK)

define plugin_flavour
$$(B)/$(1)/plugins/fwupd/%.o: plugins/fwupd/%.c $$(FWUPD_SDK)/include/config.h
	$$(call say,CC,$$@) mkdir -p $$(@D) && \
		$$(COMPILE) $(2) $$(PLUGIN_FLAGS) -c -o $$@ $$<

$$(B)/$(1)/tests/fwupd/%.o: tests/fwupd/%.c $$(FWUPD_SDK)/include/config.h
	$$(call say,CC,$$@) mkdir -p $$(@D) && \
		$$(COMPILE) $(2) $$(PLUGIN_FLAGS) -Iplugins/fwupd -c -o $$@ $$<
endef
$(eval $(call plugin_flavour,plain,$(FORTIFY)))
$(eval $(call plugin_flavour,asan,$(SANITIZE)))
$(eval $(call plugin_flavour,analyzer,-fanalyzer))
$(eval $(call plugin_flavour,tidy))

# The parser alone, for tests.
FIRMWARE_TEST := $(addprefix $(B)/asan/,tests/fwupd/firmware.o \
	$(patsubst %,plugins/fwupd/fu-suit-%.o,firmware spec))
$(B)/asan/firmware: $(FIRMWARE_TEST) $(B)/asan/libsuitgate.a
	$(call say,LINK,$@) $(CC) $(SANITIZE) -o $@ $^ $(PLUGIN_LIBS)

# What fwupd does with a plugin, without the rest of it.
$(B)/plain/watch: $(B)/plain/tests/fwupd/watch.o
	$(call say,LINK,$@) $(CC) -o $@ $^ $(PLUGIN_LIBS)

fwupd: $(B)/asan/firmware $(B)/plain/watch

# In the tree it carries the library with it, as the programs do.
$(B)/fwupd/libfu_plugin_suit.so: $(call objects,plain,$(PLUGIN_SOURCES)) \
		$(B)/plain/libsuitgate.a
	$(call say,LINK,$@) $(CC) -shared -o $@ $^ -Wl,--exclude-libs,ALL \
		-Wl,-z,relro,-z,now,-z,defs -Wl,--as-needed $(PLUGIN_LIBS)

.PHONY: plugin
all: $(if $(wildcard /usr/src/fwupd_*.orig.tar.*),plugin)
plugin: $(B)/fwupd/libfu_plugin_suit.so
