/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A governed component: a file that drivers get from the firmware loader, and
 * that the gate lets through only with its manifest.
 */
#pragma once

#include "fu-suit-manager.h"

#define FU_TYPE_SUIT_DEVICE (fu_suit_device_get_type())
G_DECLARE_FINAL_TYPE(FuSuitDevice, fu_suit_device, FU, SUIT_DEVICE, FuDevice)

FuSuitDevice *
fu_suit_device_new(FuContext *ctx, FuSuitManager *manager, sd_json_variant *component);

/* of the same component, as it is now */
void
fu_suit_device_set_component(FuSuitDevice *self, sd_json_variant *component);
/* is the daemon there, and does the gate refuse what is not signed? */
void
fu_suit_device_set_state(FuSuitDevice *self, gboolean reachable, gboolean enforcing);
