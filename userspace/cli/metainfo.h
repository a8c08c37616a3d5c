/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What fwupd and the LVFS want to know of a release, from its manifest.
 */
#ifndef CLI_METAINFO_H
#define CLI_METAINFO_H

#include <systemd/sd-json.h>

#include "suitgate.h"

/**
 * struct metainfo - what the manifest does not say
 * @id: AppStream id of the component, "com.acme.radio"
 * @name: for people, or NULL: as the manifest says
 * @homepage: of it
 * @license: SPDX expression
 * @date: "2026-01-31"
 * @file: name of the envelope in the archive
 */
struct metainfo {
	const char *id;
	const char *name;
	const char *homepage;
	const char *license;
	const char *date;
	const char *file;
};

/* @spec is what sg_spec_show() made of the envelope. 0, or -1 with @err. */
int metainfo_write(const struct metainfo *what, sd_json_variant *spec,
		   const struct sg_buf *envelope, struct sg_buf *out,
		   struct sg_error *err);

#endif /* CLI_METAINFO_H */
