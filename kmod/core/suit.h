/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The verifier: the only header of the core that code outside it includes.
 *
 *	suit_envelope_open		members, no look into the manifest
 *	suit_envelope_authenticate	signatures, then the manifest's digest
 *	suit_manifest_open		decode, check form
 *	suit_manifest_authority		who speaks, and may they?
 *	suit_decide			the kernel's verdict on delivered bytes
 *	suit_procedure_start, _run	user space: run a procedure on a device
 *	suit_capability_next		what can be run there
 *
 * No memory is allocated, nothing recurses, nothing is global. All input is
 * read in place and must stay unchanged while a result that points into it is
 * in use.
 */
#ifndef SUIT_H
#define SUIT_H

#include "capability.h"
#include "catalogue.h"
#include "cbor.h"
#include "component.h"
#include "cose.h"
#include "crypto.h"
#include "cursor.h"
#include "envelope.h"
#include "epoch.h"
#include "manifest.h"
#include "metadata.h"
#include "platform.h"
#include "procedure.h"
#include "sequence.h"
#include "suit_error.h"
#include "suit_labels.h"
#include "suit_limits.h"
#include "suit_port.h"
#include "trust.h"
#include "version.h"
#include "wait.h"

#endif /* SUIT_H */
