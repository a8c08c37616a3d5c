/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What suitgated says of the gate, as a security attribute of the host.
 */
#pragma once

#include "fu-suit-compat.h"

#define FU_SUIT_SECURITY_ATTR_ID "org.fwupd.hsi.SuitFirmwareLoading"

/* @status is that of suitgated */
gboolean
fu_suit_security_is_enforcing(sd_json_variant *status);
/* @status may be NULL: it did not answer */
void
fu_suit_security_add_attr(FuPlugin *plugin, FuSecurityAttrs *attrs, sd_json_variant *status);
