// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The counter of the floors in a TPM 2.0: an NV index of type counter.
 *
 * COUNTER	rises by one and never falls: one that is deleted and defined
 *		again begins above every value that any counter of this TPM had.
 * OWNERWRITE	the owner hierarchy raises it. Whoever may, can make the floors
 *		on disk count as old (and could delete the index as well): that
 *		closes the gateway, and lowers nothing. An auth value of its own
 *		would have to lie beside the file, with the same protection.
 * OWNERREAD, AUTHREAD	anybody who reaches the TPM may read it; it is no secret.
 * NO_DA	somebody else's wrong passwords do not lock it.
 * not ORDERLY	each step is in non-volatile memory when the TPM says it is done;
 *		an orderly counter would lose steps with the power.
 *
 * The bus to the TPM is believed: who sits on it can answer for the TPM.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suitgate/floor.h"
#include "tss.h"

enum { COUNTER_BYTES = 8, PROBE = 1, FORMAT_ONE = 0x80 };

struct sg_tpm {
	const struct sg_tss *tss;
	TSS2_TCTI_CONTEXT *tcti;
	ESYS_CONTEXT *esys;
};

/* What somebody who runs a gateway can do about an error of the TPM. */
static const char *advice(TSS2_RC rc)
{
	TSS2_RC layer = rc & TSS2_RC_LAYER_MASK, code = rc & 0xffff;

	if (layer == TSS2_TCTI_RC_LAYER)
		return "is there a TPM, and may this program use it? (ls -l /dev/tpmrm0)";
	if (layer != TSS2_TPM_RC_LAYER && layer != TSS2_RESMGR_TPM_RC_LAYER)
		return "the same with TSS2_LOG=all+debug says more";
	/* which parameter, handle or session it was is no matter */
	if (code & FORMAT_ONE)
		code &= 0xbf;
	switch (code) {
	case TPM2_RC_BAD_AUTH:
	case TPM2_RC_AUTH_FAIL:
		return "the owner hierarchy has a password: give it, or clear it";
	case TPM2_RC_LOCKOUT:
		return "too many wrong passwords: wait, or tpm2_dictionarylockout --clear-lockout";
	case TPM2_RC_NV_SPACE:
		return "its memory is full: tpm2_nvundefine what is not needed (tpm2_getcap handles-nv-index)";
	case TPM2_RC_NV_RATE:
	case TPM2_RC_NV_UNAVAILABLE:
	case TPM2_RC_RETRY:
		return "it protects its memory from wear: try again in a minute";
	case TPM2_RC_INITIALIZE:
		return "it was not started: the firmware does that, or tpm2_startup -c";
	case TPM2_RC_FAILURE:
		return "it is broken: only a cold start helps, if anything";
	case TPM2_RC_HIERARCHY:
		return "the owner hierarchy is switched off: see the firmware's setup";
	}
	return "see the TPM's manual";
}

static int tpm_fail(const struct sg_tpm *tpm, TSS2_RC rc, const char *what,
		    struct sg_error *err)
{
	return sg_fail(err, "TPM: %s: %s (%#x); %s", what,
		       tpm->tss->Tss2_RC_Decode(rc), rc, advice(rc));
}

/* There is nothing at this handle: an error that is an answer. */
static bool is_absent(TSS2_RC rc)
{
	TSS2_RC layer = rc & TSS2_RC_LAYER_MASK;

	return (layer == TSS2_TPM_RC_LAYER ||
		layer == TSS2_RESMGR_TPM_RC_LAYER) &&
	       (rc & 0xbf) == TPM2_RC_HANDLE;
}

/* Is it a counter like ours? Somebody else may use this index. */
static bool is_ours(TPMA_NV attributes, UINT16 size)
{
	TPMA_NV type = (attributes & TPMA_NV_TPM2_NT_MASK) >>
		       TPMA_NV_TPM2_NT_SHIFT;

	return type == TPM2_NT_COUNTER && size == COUNTER_BYTES &&
	       attributes & TPMA_NV_OWNERWRITE &&
	       attributes & TPMA_NV_AUTHREAD &&
	       !(attributes & TPMA_NV_ORDERLY);
}

static int look(struct sg_tpm *tpm, ESYS_TR nv, TPM2_HANDLE index,
		struct sg_error *err)
{
	TPM2B_NV_PUBLIC *public = NULL;
	TSS2_RC rc;
	int state;

	rc = tpm->tss->Esys_NV_ReadPublic(tpm->esys, nv, ESYS_TR_NONE,
					  ESYS_TR_NONE, ESYS_TR_NONE, &public,
					  NULL);
	if (rc)
		return tpm_fail(tpm, rc, "looking at the counter", err);
	if (!is_ours(public->nvPublic.attributes, public->nvPublic.dataSize))
		state = sg_fail(err, "TPM: index %#x is used for something else",
				index);
	else
		state = public->nvPublic.attributes & TPMA_NV_WRITTEN ?
			SG_ANCHOR_SET : SG_ANCHOR_NEW;
	tpm->tss->Esys_Free(public);
	return state;
}

/* enum sg_anchor_state of @index, or -1; @nv unless it is absent. */
static int find(struct sg_tpm *tpm, TPM2_HANDLE index, ESYS_TR *nv,
		struct sg_error *err)
{
	TSS2_RC rc;
	int state;

	rc = tpm->tss->Esys_TR_FromTPMPublic(tpm->esys, index, ESYS_TR_NONE,
					     ESYS_TR_NONE, ESYS_TR_NONE, nv);
	if (is_absent(rc))
		return SG_ANCHOR_ABSENT;
	if (rc)
		return tpm_fail(tpm, rc, "finding the counter", err);
	state = look(tpm, *nv, index, err);
	if (state < 0)
		tpm->tss->Esys_TR_Close(tpm->esys, nv);
	return state;
}

static int read_value(struct sg_tpm *tpm, ESYS_TR nv, uint64_t *value,
		      struct sg_error *err)
{
	TPM2B_MAX_NV_BUFFER *data = NULL;
	size_t i;
	TSS2_RC rc;

	rc = tpm->tss->Esys_NV_Read(tpm->esys, nv, nv, ESYS_TR_PASSWORD,
				    ESYS_TR_NONE, ESYS_TR_NONE, COUNTER_BYTES,
				    0, &data);
	if (rc)
		return tpm_fail(tpm, rc, "reading the counter", err);
	*value = 0;
	for (i = 0; i < COUNTER_BYTES && i < data->size; i++)
		*value = *value << 8 | data->buffer[i];
	i = data->size;
	tpm->tss->Esys_Free(data);
	return i == COUNTER_BYTES ? 0 :
		sg_fail(err, "TPM: a counter of %zu bytes", i);
}

static int define(struct sg_tpm *tpm, TPM2_HANDLE index, ESYS_TR *nv,
		  struct sg_error *err)
{
	const TPM2B_AUTH auth = { 0 };
	const TPM2B_NV_PUBLIC public = {
		.nvPublic = {
			.nvIndex = index,
			.nameAlg = TPM2_ALG_SHA256,
			.attributes = TPMA_NV_OWNERWRITE | TPMA_NV_OWNERREAD |
				      TPMA_NV_AUTHREAD | TPMA_NV_NO_DA |
				      TPM2_NT_COUNTER << TPMA_NV_TPM2_NT_SHIFT,
			.dataSize = COUNTER_BYTES,
		},
	};
	TSS2_RC rc;

	rc = tpm->tss->Esys_NV_DefineSpace(tpm->esys, ESYS_TR_RH_OWNER,
					   ESYS_TR_PASSWORD, ESYS_TR_NONE,
					   ESYS_TR_NONE, &auth, &public, nv);
	return rc ? tpm_fail(tpm, rc, "making the counter", err) : 0;
}

static int undefine(struct sg_tpm *tpm, ESYS_TR nv, struct sg_error *err)
{
	TSS2_RC rc;

	rc = tpm->tss->Esys_NV_UndefineSpace(tpm->esys, ESYS_TR_RH_OWNER, nv,
					     ESYS_TR_PASSWORD, ESYS_TR_NONE,
					     ESYS_TR_NONE);
	return rc ? tpm_fail(tpm, rc, "removing a counter", err) : 0;
}

static int raise(struct sg_tpm *tpm, ESYS_TR nv, uint64_t *value,
		 struct sg_error *err)
{
	TSS2_RC rc;

	rc = tpm->tss->Esys_NV_Increment(tpm->esys, ESYS_TR_RH_OWNER, nv,
					 ESYS_TR_PASSWORD, ESYS_TR_NONE,
					 ESYS_TR_NONE);
	if (rc)
		return tpm_fail(tpm, rc, "raising the counter", err);
	return read_value(tpm, nv, value, err);
}

/*
 * What a counter begins with is known once it was raised; too late to write the
 * file before. It is one more than any counter of this TPM has ever had: so one
 * that is made for the purpose says it, and goes. Its index may be there: power
 * failed here before.
 */
static int probe(struct sg_tpm *tpm, TPM2_HANDLE index, uint64_t *next,
		 struct sg_error *err)
{
	int state, ret;
	ESYS_TR nv;

	state = find(tpm, index, &nv, err);
	if (state < 0)
		return -1;
	if (state == SG_ANCHOR_ABSENT && define(tpm, index, &nv, err) < 0)
		return -1;
	ret = raise(tpm, nv, next, err);
	if (undefine(tpm, nv, err) < 0)
		return -1;
	(*next)++;
	return ret;
}

static int anchor_read(void *context, uint64_t *value, struct sg_error *err)
{
	struct sg_tpm *tpm = context;
	ESYS_TR nv;
	int state = find(tpm, SG_ANCHOR_INDEX, &nv, err);

	*value = 0;
	if (state < 0 || state == SG_ANCHOR_ABSENT)
		return state;
	if (state == SG_ANCHOR_SET && read_value(tpm, nv, value, err) < 0)
		state = -1;
	tpm->tss->Esys_TR_Close(tpm->esys, &nv);
	return state;
}

static int anchor_define(void *context, uint64_t *first, struct sg_error *err)
{
	struct sg_tpm *tpm = context;
	ESYS_TR nv;
	int state = find(tpm, SG_ANCHOR_INDEX, &nv, err);

	if (state < 0)
		return -1;
	if (state == SG_ANCHOR_ABSENT &&
	    define(tpm, SG_ANCHOR_INDEX, &nv, err) < 0)
		return -1;
	tpm->tss->Esys_TR_Close(tpm->esys, &nv);
	return probe(tpm, SG_ANCHOR_INDEX + PROBE, first, err);
}

static int anchor_raise(void *context, uint64_t *value, struct sg_error *err)
{
	struct sg_tpm *tpm = context;
	ESYS_TR nv;
	int state = find(tpm, SG_ANCHOR_INDEX, &nv, err);

	if (state < 0)
		return -1;
	if (state == SG_ANCHOR_ABSENT)
		return sg_fail(err, "TPM: the counter %#x has gone",
			       SG_ANCHOR_INDEX);
	state = raise(tpm, nv, value, err);
	tpm->tss->Esys_TR_Close(tpm->esys, &nv);
	return state;
}

static int set_owner_auth(struct sg_tpm *tpm, const char *password,
			  struct sg_error *err)
{
	TPM2B_AUTH auth = { 0 };
	size_t len = password ? strlen(password) : 0;
	TSS2_RC rc;

	if (len > sizeof(auth.buffer))
		return sg_fail(err, "the password of the TPM's owner has more than %zu bytes",
			       sizeof(auth.buffer));
	auth.size = (UINT16)len;
	if (len)
		memcpy(auth.buffer, password, len);
	rc = tpm->tss->Esys_TR_SetAuth(tpm->esys, ESYS_TR_RH_OWNER, &auth);
	explicit_bzero(&auth, sizeof(auth));
	return rc ? tpm_fail(tpm, rc, "setting the owner's password", err) : 0;
}

static int connect_tpm(struct sg_tpm *tpm, const char *tcti,
		       struct sg_error *err)
{
	TSS2_RC rc;

	tpm->tss = sg_tss_load(err);
	if (!tpm->tss)
		return -1;
	rc = tpm->tss->Tss2_TctiLdr_Initialize(tcti, &tpm->tcti);
	if (rc)
		return tpm_fail(tpm, rc, tcti, err);
	rc = tpm->tss->Esys_Initialize(&tpm->esys, tpm->tcti, NULL);
	return rc ? tpm_fail(tpm, rc, tcti, err) : 0;
}

int sg_tpm_open(const char *tcti, const char *owner_auth, struct sg_tpm **out,
		struct sg_anchor *anchor, struct sg_error *err)
{
	static const struct sg_anchor_ops ops = { anchor_read, anchor_define,
						  anchor_raise };
	struct sg_tpm *tpm = calloc(1, sizeof(*tpm));

	*out = NULL;
	if (!tpm)
		return sg_fail(err, "out of memory");
	if (connect_tpm(tpm, tcti ? tcti : SG_ANCHOR_TCTI, err) < 0 ||
	    set_owner_auth(tpm, owner_auth, err) < 0) {
		sg_tpm_close(tpm);
		return -1;
	}
	*out = tpm;
	*anchor = (struct sg_anchor){ &ops, tpm, SG_ANCHOR_INDEX };
	return 0;
}

void sg_tpm_close(struct sg_tpm *tpm)
{
	if (!tpm)
		return;
	if (tpm->esys)
		tpm->tss->Esys_Finalize(&tpm->esys);
	if (tpm->tcti)
		tpm->tss->Tss2_TctiLdr_Finalize(&tpm->tcti);
	free(tpm);
}

bool sg_tpm_present(void)
{
	return access("/dev/tpmrm0", F_OK) == 0;
}
