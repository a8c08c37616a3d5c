// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config.h"

#include "fu-suit-error.h"

#include <errno.h>

gboolean
fu_suit_error_set_errno(GError **error, int rc, const gchar *doing)
{
	FwupdError code = FWUPD_ERROR_INTERNAL;

	if (rc == -ECONNREFUSED || rc == -ENOENT || rc == -ECONNRESET || rc == -EPIPE)
		code = FWUPD_ERROR_NOT_REACHABLE;
	else if (rc == -ETIME || rc == -ETIMEDOUT)
		code = FWUPD_ERROR_TIMED_OUT;
	g_set_error(error, FWUPD_ERROR, code, "suitgated: %s: %s", doing, fwupd_strerror(-rc));
	return FALSE;
}

gboolean
fu_suit_error_set_reply(GError **error, const gchar *id, sd_json_variant *parameters)
{
	const gchar *code = sd_json_variant_string(sd_json_variant_by_key(parameters, "code"));
	const gchar *message =
	    sd_json_variant_string(sd_json_variant_by_key(parameters, "message"));
	static const struct {
		const gchar *id;
		FwupdError code;
	} map[] = {
	    {FU_SUIT_MANAGER_INTERFACE "Refused", FWUPD_ERROR_INVALID_FILE},
	    {FU_SUIT_MANAGER_INTERFACE "PermissionDenied", FWUPD_ERROR_PERMISSION_DENIED},
	    {FU_SUIT_MANAGER_INTERFACE "NotFound", FWUPD_ERROR_NOT_FOUND},
	    {FU_SUIT_MANAGER_INTERFACE "Failed", FWUPD_ERROR_WRITE},
	    {SD_VARLINK_ERROR_DISCONNECTED, FWUPD_ERROR_NOT_REACHABLE},
	    {SD_VARLINK_ERROR_TIMEOUT, FWUPD_ERROR_TIMED_OUT},
	};
	FwupdError domain_code = FWUPD_ERROR_INTERNAL;

	for (guint i = 0; i < G_N_ELEMENTS(map); i++) {
		if (g_strcmp0(id, map[i].id) == 0)
			domain_code = map[i].code;
	}
	if (g_strcmp0(id, SD_VARLINK_ERROR_DISCONNECTED) == 0)
		message = "it went away before it answered; \"suitctl status\" says what is "
			  "installed";
	else if (g_strcmp0(id, SD_VARLINK_ERROR_TIMEOUT) == 0)
		message = "it does not answer";
	if (message == NULL)
		message = id;
	if (code != NULL && g_strstr_len(message, -1, code) == NULL)
		g_set_error(error, FWUPD_ERROR, domain_code, "%s [%s]", message, code);
	else if (code != NULL)
		g_set_error_literal(error, FWUPD_ERROR, domain_code, message);
	else
		g_set_error(error, FWUPD_ERROR, domain_code, "suitgated: %s", message);
	return FALSE;
}
