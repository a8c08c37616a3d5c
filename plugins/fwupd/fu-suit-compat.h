/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What has other names in later versions of fwupd, and cleanup of libsystemd's
 * and libsuitgate's types.
 */
#pragma once

#include <fwupdplugin.h>
#include <systemd/sd-json.h>
#include <systemd/sd-varlink.h>

#if FWUPD_CHECK_VERSION(2, 1, 2)
typedef FuInputStream FuSuitStream;
#define fu_suit_plugin_device_add(plugin, device) fu_plugin_add_device(plugin, device)
#define fu_suit_plugin_device_remove(plugin, device) fu_plugin_remove_device(plugin, device)
#define fu_suit_plugin_add_firmware(plugin, gtype) fu_plugin_add_firmware_gtype(plugin, gtype)
#else
typedef GInputStream FuSuitStream;
#define fu_suit_plugin_device_add(plugin, device) fu_plugin_device_add(plugin, device)
#define fu_suit_plugin_device_remove(plugin, device) fu_plugin_device_remove(plugin, device)
#define fu_suit_plugin_add_firmware(plugin, gtype)                                                 \
	fu_plugin_add_firmware_gtype(plugin, NULL, gtype)
#endif

/* limits are the class's, and were each object's */
#if FWUPD_CHECK_VERSION(2, 1, 7)
#define fu_suit_firmware_init_limits(firmware, size, images)
#define fu_suit_firmware_class_init_limits(klass, size, images)                                    \
	fu_firmware_set_size_max(klass, size);                                                     \
	fu_firmware_set_images_max(klass, images)
#else
#define fu_suit_firmware_init_limits(firmware, size, images)                                       \
	fu_firmware_set_size_max(firmware, size);                                                  \
	fu_firmware_set_images_max(firmware, images)
#define fu_suit_firmware_class_init_limits(klass, size, images)
#endif

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sd_json_variant, sd_json_variant_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sd_varlink, sd_varlink_flush_close_unref)
