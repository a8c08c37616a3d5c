// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * CoSWID (RFC 9393): what software is, for those who keep an inventory.
 */
#include "spec_row.h"

static const struct sg_spec_name hash_algs[] = {
	{ 1, "sha-256" },
	{ 7, "sha-384" },
	{ 8, "sha-512" },
	{ 0, NULL }
};

static const struct sg_spec_name version_schemes[] = {
	{ 1, "multipartnumeric" },
	{ 2, "multipartnumeric-suffix" },
	{ 3, "alphanumeric" },
	{ 4, "decimal" },
	{ 16384, "semver" },
	{ 0, NULL }
};

static const struct sg_spec_name roles[] = {
	{ 1, "tag-creator" },
	{ 2, "software-creator" },
	{ 3, "aggregator" },
	{ 4, "distributor" },
	{ 5, "licensor" },
	{ 6, "maintainer" },
	{ 0, NULL }
};

static const struct sg_spec_name ownerships[] = {
	{ 1, "shared" },
	{ 2, "private" },
	{ 3, "abandon" },
	{ 0, NULL }
};

static const struct sg_spec_name relations[] = {
	{ 1, "ancestor" },
	{ 2, "component" },
	{ 3, "feature" },
	{ 4, "installationmedia" },
	{ 5, "packageinstaller" },
	{ 6, "parent" },
	{ 7, "patches" },
	{ 8, "requires" },
	{ 9, "see-also" },
	{ 10, "supersedes" },
	{ 11, "supplemental" },
	{ 0, NULL }
};

static const struct sg_spec_name uses[] = {
	{ 1, "optional" },
	{ 2, "required" },
	{ 3, "recommended" },
	{ 0, NULL }
};

static const struct sg_spec_row entity_rows[] = {
	ROW(15, "lang", TEXT),
	ROW(31, "entity-name", TEXT),
	ROW(32, "reg-id", URI),
	NAMED(33, "role", CODES, roles),
	NAMED(34, "thumbprint", DIGEST, hash_algs),
};

static const struct sg_spec_table entity = TABLE("entity", entity_rows);

static const struct sg_spec_row link_rows[] = {
	ROW(10, "media", TEXT),
	ROW(15, "lang", TEXT),
	ROW(37, "artifact", TEXT),
	ROW(38, "href", URI),
	NAMED(39, "ownership", CODES, ownerships),
	NAMED(40, "rel", CODES, relations),
	ROW(41, "media-type", TEXT),
	NAMED(42, "use", CODES, uses),
};

static const struct sg_spec_table link = TABLE("link", link_rows);

static const struct sg_spec_row meta_rows[] = {
	ROW(15, "lang", TEXT),
	ROW(43, "activation-status", TEXT),
	ROW(44, "channel-type", TEXT),
	ROW(45, "colloquial-version", TEXT),
	ROW(46, "description", TEXT),
	ROW(47, "edition", TEXT),
	ROW(48, "entitlement-data-required", BOOL),
	ROW(49, "entitlement-key", TEXT),
	ROW(50, "generator", ANY),
	ROW(51, "persistent-id", TEXT),
	ROW(52, "product", TEXT),
	ROW(53, "product-family", TEXT),
	ROW(54, "revision", TEXT),
	ROW(55, "summary", TEXT),
	ROW(56, "unspsc-code", TEXT),
	ROW(57, "unspsc-version", TEXT),
};

static const struct sg_spec_table meta = TABLE("software-meta", meta_rows);

static const struct sg_spec_row file_rows[] = {
	NAMED(7, "hash", DIGEST, hash_algs),
	ROW(15, "lang", TEXT),
	ROW(20, "size", SIZE),
	ROW(21, "file-version", TEXT),
	ROW(22, "key", BOOL),
	ROW(23, "location", TEXT),
	ROW(24, "fs-name", TEXT),
	ROW(25, "root", TEXT),
};

static const struct sg_spec_table file = TABLE("file", file_rows);

static const struct sg_spec_table path_elements;

static const struct sg_spec_row directory_rows[] = {
	ROW(15, "lang", TEXT),
	ROW(22, "key", BOOL),
	ROW(23, "location", TEXT),
	ROW(24, "fs-name", TEXT),
	ROW(25, "root", TEXT),
	NESTED(26, "path-elements", MAP, &path_elements),
};

static const struct sg_spec_table directory =
	TABLE("directory", directory_rows);

static const struct sg_spec_row path_rows[] = {
	NESTED(16, "directory", MAP_LIST, &directory),
	NESTED(17, "file", MAP_LIST, &file),
};

static const struct sg_spec_table path_elements =
	TABLE("path-elements", path_rows);

static const struct sg_spec_row process_rows[] = {
	ROW(15, "lang", TEXT),
	ROW(27, "process-name", TEXT),
	ROW(28, "pid", INT),
};

static const struct sg_spec_table process = TABLE("process", process_rows);

static const struct sg_spec_row resource_rows[] = {
	ROW(15, "lang", TEXT),
	ROW(29, "type", TEXT),
};

static const struct sg_spec_table resource = TABLE("resource", resource_rows);

static const struct sg_spec_row payload_rows[] = {
	ROW(15, "lang", TEXT),
	NESTED(16, "directory", MAP_LIST, &directory),
	NESTED(17, "file", MAP_LIST, &file),
	NESTED(18, "process", MAP_LIST, &process),
	NESTED(19, "resource", MAP_LIST, &resource),
	ROW(35, "date", ANY),
	ROW(36, "device-id", TEXT),
};

/* Of evidence, too, which alone has a date and a device. */
static const struct sg_spec_table payload = TABLE("payload", payload_rows);

static const struct sg_spec_row tag_rows[] = {
	ROW(0, "tag-id", ANY),
	ROW(1, "software-name", TEXT),
	NESTED(2, "entity", MAP_LIST, &entity),
	NESTED(3, "evidence", MAP, &payload),
	NESTED(4, "link", MAP_LIST, &link),
	NESTED(5, "software-meta", MAP_LIST, &meta),
	NESTED(6, "payload", MAP, &payload),
	ROW(8, "corpus", BOOL),
	ROW(9, "patch", BOOL),
	ROW(10, "media", TEXT),
	ROW(11, "supplemental", BOOL),
	ROW(12, "tag-version", INT),
	ROW(13, "software-version", TEXT),
	NAMED(14, "version-scheme", CODES, version_schemes),
	ROW(15, "lang", TEXT),
};

const struct sg_spec_table sg_spec_coswid = TABLE("coswid", tag_rows);
