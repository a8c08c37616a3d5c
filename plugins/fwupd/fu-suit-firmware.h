/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A SUIT envelope. What is exported is what the manifest says of itself; who
 * signed it is for suitgated to decide.
 */
#pragma once

#include "fu-suit-compat.h"

#define FU_TYPE_SUIT_FIRMWARE (fu_suit_firmware_get_type())
G_DECLARE_FINAL_TYPE(FuSuitFirmware, fu_suit_firmware, FU, SUIT_FIRMWARE, FuFirmware)

FuFirmware *
fu_suit_firmware_new(void);

/* hex; NULL before it was parsed */
const gchar *
fu_suit_firmware_get_digest(FuSuitFirmware *self);
/* is one of these what the manifest is for? without any it is for everybody */
gboolean
fu_suit_firmware_has_vendor_id(FuSuitFirmware *self, const gchar *vendor_id);
gboolean
fu_suit_firmware_has_class_id(FuSuitFirmware *self, const gchar *class_id);
gboolean
fu_suit_firmware_has_component(FuSuitFirmware *self, const gchar *component);
