// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config.h"

#include "fu-suit-security.h"

#include "fu-suit-spec.h"

#define FU_SUIT_SECURITY_WHAT                                                                      \
	"Drivers get firmware from the kernel's firmware loader. The gate refuses what its "       \
	"author did not sign, and old releases once a newer one was confirmed."

static gboolean
fu_suit_security_get_boolean(sd_json_variant *status, const gchar *key)
{
	return sd_json_variant_boolean(sd_json_variant_by_key(status, key));
}

gboolean
fu_suit_security_is_enforcing(sd_json_variant *status)
{
	return g_strcmp0(fu_suit_spec_get_string(status, "mode"), "enforce") == 0;
}

/* the first of what is missing, and what to do about it */
static const gchar *
fu_suit_security_get_remedy(sd_json_variant *status, FwupdSecurityAttrResult *result)
{
	*result = FWUPD_SECURITY_ATTR_RESULT_NOT_FOUND;
	if (!fu_suit_security_get_boolean(status, "gate"))
		return "The kernel has no gate: load the module suitgate at boot.";
	*result = FWUPD_SECURITY_ATTR_RESULT_NOT_ENABLED;
	if (!fu_suit_security_is_enforcing(status))
		return "The gate is there and refuses nothing: \"suitctl mode enforce\", once "
		       "\"suitctl doctor\" says that nothing that is needed would be refused.";
	*result = FWUPD_SECURITY_ATTR_RESULT_NOT_LOCKED;
	if (!fu_suit_security_get_boolean(status, "sealed"))
		return "The administrator can still switch the gate off: \"suitctl seal\".";
	if (!fu_suit_security_get_boolean(status, "anchored"))
		return "Whoever can write the disk can bring back the floors of before: anchor "
		       "them in the TPM.";
	return NULL;
}

void
fu_suit_security_add_attr(FuPlugin *plugin, FuSecurityAttrs *attrs, sd_json_variant *status)
{
	FwupdSecurityAttrResult result = FWUPD_SECURITY_ATTR_RESULT_UNKNOWN;
	g_autofree gchar *description = NULL;
	g_autoptr(FwupdSecurityAttr) attr = NULL;
	const gchar *remedy;

	attr = fu_plugin_security_attr_new(plugin, FU_SUIT_SECURITY_ATTR_ID);
	fwupd_security_attr_set_name(attr, "Verified firmware loading");
	fwupd_security_attr_set_title(attr, "Verified firmware loading");
	fwupd_security_attr_set_level(attr, FWUPD_SECURITY_ATTR_LEVEL_NONE);
	fwupd_security_attr_add_flag(attr, FWUPD_SECURITY_ATTR_FLAG_RUNTIME_ISSUE);
	fwupd_security_attr_set_result_success(attr, FWUPD_SECURITY_ATTR_RESULT_ENABLED);
	fu_security_attrs_append(attrs, attr);
	if (status == NULL) {
		fwupd_security_attr_set_description(
		    attr,
		    FU_SUIT_SECURITY_WHAT " suitgated did not say whether it does: see "
					  "systemctl status suitgated.");
		fwupd_security_attr_add_flag(attr, FWUPD_SECURITY_ATTR_FLAG_MISSING_DATA);
		return;
	}
	remedy = fu_suit_security_get_remedy(status, &result);
	if (remedy == NULL) {
		fwupd_security_attr_set_description(attr, FU_SUIT_SECURITY_WHAT);
		fwupd_security_attr_add_flag(attr, FWUPD_SECURITY_ATTR_FLAG_SUCCESS);
		return;
	}
	description = g_strdup_printf("%s %s", FU_SUIT_SECURITY_WHAT, remedy);
	fwupd_security_attr_set_description(attr, description);
	fwupd_security_attr_set_result(attr, result);
	fwupd_security_attr_add_flag(attr, FWUPD_SECURITY_ATTR_FLAG_ACTION_CONFIG_OS);
}
