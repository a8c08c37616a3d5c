// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What each of the verifier's errors means, and what somebody who runs a
 * gateway can do about it. Errors without a row of their own share the row of
 * their class.
 */
#include <string.h>

#include "core/suit.h"
#include "suitgate/gate.h"

struct advice {
	const char *code;
	const char *meaning;
	const char *action;
};

static const char ask_author[] =
	"get a correct manifest from its author; suitctl show prints this one";
static const char get_again[] =
	"fetch file and manifest again from their source; do not use this one";

static const struct advice errors[] = {
	{ "ok", "nothing is wrong", "nothing to do" },
	{ "no-manifest", "no manifest speaks for this name",
	  "load one (suitctl load X.suit), put NAME.suit beside the file, or "
	  "sign what is on disk (suitctl bless)" },
	{ "no-trusted-key", "nobody who is trusted signed this",
	  "add the author's key if you trust it (suitctl trust add)" },
	{ "unsigned", "the envelope carries no signature",
	  "sign it (suitctl sign) or get a signed one" },
	{ "signature-invalid",
	  "no key that is trusted made this signature for this manifest",
	  "add the author's key if you trust it (suitctl trust add); if it is "
	  "trusted, the manifest was changed: fetch it again" },
	{ "signature-length", "the signature has a wrong length", get_again },
	{ "manifest-digest-mismatch",
	  "the manifest was changed after it was signed", get_again },
	{ "severed-digest-mismatch",
	  "a part of the envelope was changed after it was signed", get_again },
	{ "image-mismatch",
	  "the file is not the one that was signed: its bytes differ",
	  "install the file its manifest was made for, or a manifest made for "
	  "this file; if nobody changed it on purpose, treat it as tampering" },
	{ "image-size-mismatch",
	  "the file is not the one that was signed: its size differs",
	  "install the file its manifest was made for, or a manifest made for "
	  "this file; if nobody changed it on purpose, treat it as tampering" },
	{ "manifest-of-old-draft",
	  "its numbers are those of a draft before the standard",
	  "have its author write it anew for the current standard" },
	{ "no-image-match",
	  "the manifest names the file but never compares its digest",
	  ask_author },
	{ "key-revoked", "the key that signed was revoked",
	  "get a manifest signed with a key that is still good" },
	{ "manifest-revoked", "this very manifest was revoked",
	  "install a newer release" },
	{ "key-algorithm-mismatch",
	  "signed with another algorithm than the key is for", ask_author },
	{ "too-few-signatures",
	  "fewer keys signed than the authority demands",
	  "collect the missing signatures (suitctl sign)" },
	{ "authority-not-entitled",
	  "the signer is trusted, but not for this name",
	  "give the authority this prefix (suitctl trust add --prefix ...), or "
	  "get a manifest from whom it belongs to" },
	{ "component-owned-by-other-authority",
	  "another authority already speaks for this name",
	  "a root authority must hand the name over (suitctl trust make)" },
	{ "component-not-in-manifest",
	  "the manifest does not speak for this name",
	  "load the manifest of this file; suitctl show lists what one names" },
	{ "sequence-number-below-floor",
	  "older than what was confirmed here: rollback",
	  "install a newer release; floors never fall while the kernel runs" },
	{ "sequence-number-reused",
	  "another manifest was confirmed with the same sequence number",
	  "the author must release with a higher sequence number" },
	{ "sequence-number-jump",
	  "the sequence number is very far above the last one",
	  "look twice, then confirm with --jump" },
	{ "manifest-not-delivered-this-boot",
	  "nothing was delivered by this manifest since boot",
	  "let its driver load it first (suitctl retry), then confirm" },
	{ "name-retired", "a newer manifest retired this name",
	  "nothing: the driver tries its next name" },
	{ "vendor-mismatch", "made for another vendor's gateway",
	  "check /etc/suitgate/identity, or get the manifest for this model" },
	{ "class-mismatch", "made for another class of gateway",
	  "check /etc/suitgate/identity, or get the manifest for this model" },
	{ "device-mismatch", "made for another single gateway",
	  "check /etc/suitgate/identity, or get the manifest for this one" },
	{ "name-refused",
	  "the driver asked for a name that is empty or leaves its root",
	  "report it to whoever maintains the driver" },
	{ "firmware-root-unknown",
	  "the path lies outside of the loader's firmware folders",
	  "check /sys/module/firmware_class/parameters/path" },
	{ "partial-read-refused",
	  "the driver reads the file in pieces; these cannot be checked",
	  "use a driver that reads whole files" },
	{ "read-bypassed-loader",
	  "firmware was read past the path that the gate checks",
	  "report it with the kernel version" },
	{ "gate-sealed", "the gate is sealed until reboot",
	  "use a trust update signed by a root authority, or reboot" },
	{ "trust-update-stale",
	  "the statement is not newer than the last one",
	  "make it with a higher sequence (suitctl trust make --sequence)" },
	{ "authority-unknown", "no authority of that name or role",
	  "suitctl trust list shows who is known" },
	{ "not-decidable-in-kernel",
	  "validating it takes steps that the kernel cannot do", ask_author },
	{ "out-of-memory", "the kernel had no memory for it",
	  "free memory, then suitctl retry" },
	{ "crypto-failure", "the cryptography itself failed",
	  "look into the kernel log; is a module missing?" },
};

/* Rows by errno, for errors without a row above. */
static const struct {
	int err;
	const char *meaning;
	const char *action;
} classes[] = {
	{ -SUIT_EBADMSG, "malformed", ask_author },
	{ -SUIT_E2BIG, "over a limit of the verifier", ask_author },
	{ -SUIT_EOPNOTSUPP, "asks for something that is not supported",
	  ask_author },
	{ -SUIT_EKEYREJECTED, "what was delivered is not what was signed",
	  get_again },
	{ -SUIT_ENODEV, "made for another device", ask_author },
	{ -SUIT_ESTALE, "older than what is in force",
	  "install a newer release" },
	{ -SUIT_EACCES, "not entitled",
	  "suitctl trust list shows who may speak for what" },
};

static enum suit_error error_of(const char *code)
{
	int error;

	for (error = SUIT_OK; error < SUIT_ERR_COUNT; error++)
		if (!strcmp(suit_error_name(error), code))
			return error;
	return SUIT_ERR_COUNT;
}

int sg_advice(const char *code, const char **meaning, const char **action)
{
	enum suit_error error = error_of(code);
	size_t i;

	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		if (strcmp(errors[i].code, code))
			continue;
		*meaning = errors[i].meaning;
		*action = errors[i].action;
		return 0;
	}
	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (classes[i].err != suit_error_errno(error))
			continue;
		*meaning = classes[i].meaning;
		*action = classes[i].action;
		return 0;
	}
	*meaning = "it did not work";
	*action = "look into the kernel log (journalctl -k)";
	return error == SUIT_ERR_COUNT ? -1 : 0;
}
