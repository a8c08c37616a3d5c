/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * UUIDs of vendors and classes (RFC 9562 version 5, draft-ietf-suit-manifest
 * 8.4.8.2).
 */
#ifndef SG_UUID_H
#define SG_UUID_H

#include "suitgate/types.h"

enum { SG_UUID = 16 };

/* Read "fa6b4a53-d5ad-5fdf-be9d-e663e4d41ffe". 0 or -1. */
int sg_uuid_parse(const char *text, uint8_t out[SG_UUID]);
/* The vendor whose domain this is. 0 or -1, as below. */
int sg_uuid_of_domain(const char *domain, uint8_t out[SG_UUID],
		      struct sg_error *err);
/* The class that a vendor calls @name. */
int sg_uuid_of_name(const uint8_t vendor[SG_UUID], const char *name,
		    uint8_t out[SG_UUID], struct sg_error *err);

#endif /* SG_UUID_H */
