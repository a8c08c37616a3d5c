/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * tpm2-tss, loaded when the first anchor is opened: programs that never talk to
 * a TPM, and every program with the fwupd plugin in it, go without.
 */
#ifndef SG_TSS_H
#define SG_TSS_H

#include <tss2/tss2_esys.h>
#include <tss2/tss2_rc.h>
#include <tss2/tss2_tctildr.h>

#include "suitgate/types.h"

/* The functions that are used, by the names that they have there. */
#define SG_TSS_FUNCTIONS(X) \
	X(esys, Esys_Initialize) \
	X(esys, Esys_Finalize) \
	X(esys, Esys_Free) \
	X(esys, Esys_TR_FromTPMPublic) \
	X(esys, Esys_TR_Close) \
	X(esys, Esys_TR_SetAuth) \
	X(esys, Esys_NV_DefineSpace) \
	X(esys, Esys_NV_UndefineSpace) \
	X(esys, Esys_NV_ReadPublic) \
	X(esys, Esys_NV_Read) \
	X(esys, Esys_NV_Increment) \
	X(tctildr, Tss2_TctiLdr_Initialize) \
	X(tctildr, Tss2_TctiLdr_Finalize) \
	X(rc, Tss2_RC_Decode)

#define SG_TSS_MEMBER(library, name) __typeof__(&name) name;
/* The same names, as pointers. */
struct sg_tss {
	SG_TSS_FUNCTIONS(SG_TSS_MEMBER)
};
#undef SG_TSS_MEMBER

/* Load it; stays loaded. NULL with @err filled. */
const struct sg_tss *sg_tss_load(struct sg_error *err);

#endif /* SG_TSS_H */
