/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What goes wrong between suitgated and this, as errors of fwupd. What the
 * daemon says is for people: it is passed on as it is.
 */
#pragma once

#include "fu-suit-compat.h"

#define FU_SUIT_MANAGER_INTERFACE "io.suitgate.Manager."

/* both return FALSE; @rc is a negative errno */
gboolean
fu_suit_error_set_errno(GError **error, int rc, const gchar *doing);
/* @id is the varlink error */
gboolean
fu_suit_error_set_reply(GError **error, const gchar *id, sd_json_variant *parameters);
