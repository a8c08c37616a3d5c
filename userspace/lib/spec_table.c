// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Everything that a manifest can have, by number and by name.
 */
#include <string.h>

#include "author_private.h"
#include "spec_row.h"

/* draft-ietf-suit-update-management, SUIT_Wait_Events */
static const struct sg_spec_row wait_rows[] = {
	ROW(1, "authorization", INT),
	ROW(2, "power", INT),
	ROW(3, "network", INT),
	ROW(4, "other-device-version", ANY),
	ROW(5, "time", UINT),
	ROW(6, "time-of-day", UINT),
	ROW(7, "day-of-week", UINT),
	ROW(8, "time-of-day-utc", UINT),
	ROW(9, "day-of-week-utc", UINT),
};

static const struct sg_spec_table wait_events = TABLE("wait-info", wait_rows);

/* draft-ietf-suit-update-management, SUIT_Component_Metadata */
static const struct sg_spec_row metadata_rows[] = {
	ROW(1, "default-permissions", UINT),
	ROW(2, "user-permissions", ANY),
	ROW(3, "group-permissions", ANY),
	ROW(4, "role-permissions", ANY),
	ROW(5, "file-type", UINT),
	ROW(6, "modification-time", ANY),
	ROW(7, "creation-time", ANY),
	ROW(8, "creator", ANY),
};

static const struct sg_spec_table metadata =
	TABLE("component-metadata", metadata_rows);

static const struct sg_spec_row parameter_rows[] = {
	ROW(SUIT_PARAM_VENDOR, "vendor-identifier", UUID),
	ROW(SUIT_PARAM_CLASS, "class-identifier", UUID),
	WRAPPED(SUIT_PARAM_IMAGE_DIGEST, "image-digest", DIGEST),
	ROW(SUIT_PARAM_USE_BEFORE, "use-before", UINT),
	ROW(SUIT_PARAM_COMPONENT_SLOT, "component-slot", UINT),
	ROW(SUIT_PARAM_STRICT_ORDER, "strict-order", BOOL),
	ROW(SUIT_PARAM_SOFT_FAILURE, "soft-failure", BOOL),
	ROW(SUIT_PARAM_IMAGE_SIZE, "image-size", SIZE),
	ROW(SUIT_PARAM_CONTENT, "content", BYTES),
	WRAPPED(SUIT_PARAM_ENCRYPTION_INFO, "encryption-info", ANY),
	ROW(SUIT_PARAM_URI, "uri", TEXT),
	ROW(SUIT_PARAM_SOURCE_COMPONENT, "source-component", INDEX),
	ROW(SUIT_PARAM_INVOKE_ARGS, "invoke-args", BYTES),
	ROW(SUIT_PARAM_DEVICE, "device-identifier", UUID),
	ROW(SUIT_PARAM_FETCH_ARGS, "fetch-arguments", BYTES),
	ROW(SUIT_PARAM_MINIMUM_BATTERY, "minimum-battery", UINT),
	ROW(SUIT_PARAM_UPDATE_PRIORITY, "update-priority", INT),
	WRAPPED(SUIT_PARAM_VERSION, "version", VERSION_MATCH),
	WRAPPED_MAP(SUIT_PARAM_WAIT_INFO, "wait-info", &wait_events),
	WRAPPED_MAP(SUIT_PARAM_COMPONENT_METADATA, "component-metadata",
		    &metadata),
};

static const struct sg_spec_table parameters =
	TABLE("parameters", parameter_rows);

static const struct sg_spec_row command_rows[] = {
	CONDITION(SUIT_COND_VENDOR, "condition-vendor-identifier"),
	CONDITION(SUIT_COND_CLASS, "condition-class-identifier"),
	CONDITION(SUIT_COND_IMAGE_MATCH, "condition-image-match"),
	CONDITION(SUIT_COND_USE_BEFORE, "condition-use-before"),
	CONDITION(SUIT_COND_COMPONENT_SLOT, "condition-component-slot"),
	CONDITION(SUIT_COND_CHECK_CONTENT, "condition-check-content"),
	CONDITION(SUIT_COND_DEPENDENCY_INTEGRITY,
	       "condition-dependency-integrity"),
	CONDITION(SUIT_COND_IS_DEPENDENCY, "condition-is-dependency"),
	DIRECTIVE(SUIT_DIR_PROCESS_DEPENDENCY, "directive-process-dependency"),
	ROW(SUIT_DIR_SET_COMPONENT_INDEX, "directive-set-component-index",
	    INDICES),
	CONDITION(SUIT_COND_ABORT, "condition-abort"),
	ROW(SUIT_DIR_TRY_EACH, "directive-try-each", TRY_EACH),
	DIRECTIVE(SUIT_DIR_WRITE, "directive-write"),
	NESTED(SUIT_DIR_SET_PARAMETERS, "directive-set-parameters", MAP,
	       &parameters),
	NESTED(SUIT_DIR_OVERRIDE_PARAMETERS, "directive-override-parameters",
	       MAP, &parameters),
	DIRECTIVE(SUIT_DIR_FETCH, "directive-fetch"),
	DIRECTIVE(SUIT_DIR_COPY, "directive-copy"),
	DIRECTIVE(SUIT_DIR_INVOKE, "directive-invoke"),
	CONDITION(SUIT_COND_DEVICE, "condition-device-identifier"),
	CONDITION(SUIT_COND_IMAGE_NOT_MATCH, "condition-image-not-match"),
	CONDITION(SUIT_COND_MINIMUM_BATTERY, "condition-minimum-battery"),
	CONDITION(SUIT_COND_UPDATE_AUTHORIZED, "condition-update-authorized"),
	CONDITION(SUIT_COND_VERSION, "condition-version"),
	DIRECTIVE(SUIT_DIR_WAIT, "directive-wait"),
	DIRECTIVE(SUIT_DIR_SWAP, "directive-swap"),
	WRAPPED(SUIT_DIR_RUN_SEQUENCE, "directive-run-sequence", SEQUENCE),
	DIRECTIVE(SUIT_DIR_UNLINK, "directive-unlink"),
	NESTED(SUIT_DIR_OVERRIDE_MULTIPLE, "directive-override-multiple", MAPS,
	       &parameters),
	NESTED(SUIT_DIR_COPY_PARAMS, "directive-copy-params", NAMES_MAPS,
	       &parameters),
};

const struct sg_spec_table sg_spec_commands = TABLE("commands", command_rows);

static const struct sg_spec_row dependency_rows[] = {
	ROW(1, "prefix", COMPONENT),
};

static const struct sg_spec_table dependency =
	TABLE("dependencies", dependency_rows);

static const struct sg_spec_row common_rows[] = {
	NESTED(SUIT_COMMON_DEPENDENCIES, "dependencies", MAPS, &dependency),
	ROW(SUIT_COMMON_COMPONENTS, "components", COMPONENTS),
	WRAPPED(SUIT_COMMON_SHARED_SEQUENCE, "shared-sequence", SEQUENCE),
};

static const struct sg_spec_table common = TABLE("common", common_rows);

static const struct sg_spec_row manifest_rows[] = {
	ROW(SUIT_MANIFEST_VERSION, "version", UINT),
	ROW(SUIT_MANIFEST_SEQUENCE_NUMBER, "sequence-number", UINT),
	WRAPPED_MAP(SUIT_MANIFEST_COMMON, "common", &common),
	ROW(SUIT_MANIFEST_REFERENCE_URI, "reference-uri", TEXT),
	ROW(SUIT_MANIFEST_COMPONENT_ID, "component-id", COMPONENT),
	WRAPPED(SUIT_MANIFEST_SET_VERSION, "set-version", VERSION),
	WRAPPED(SUIT_MANIFEST_VALIDATE, "validate", SEQUENCE),
	WRAPPED(SUIT_MANIFEST_LOAD, "load", SEQUENCE),
	WRAPPED(SUIT_MANIFEST_INVOKE, "invoke", SEQUENCE),
	SEVERABLE_MAP(SUIT_MANIFEST_COSWID, "coswid", &sg_spec_coswid),
	SEVERABLE(SUIT_MANIFEST_DEPENDENCY_RESOLUTION,
		  "dependency-resolution", SEQUENCE),
	SEVERABLE(SUIT_MANIFEST_PAYLOAD_FETCH, "payload-fetch", SEQUENCE),
	SEVERABLE(SUIT_MANIFEST_CANDIDATE_VERIFICATION,
		  "candidate-verification", SEQUENCE),
	SEVERABLE(SUIT_MANIFEST_INSTALL, "install", SEQUENCE),
	SEVERABLE(SUIT_MANIFEST_TEXT, "text", TEXTS),
	WRAPPED(SUIT_MANIFEST_UNINSTALL, "uninstall", SEQUENCE),
};

static const struct sg_spec_table manifest = TABLE("manifest", manifest_rows);

static const struct sg_spec_row text_rows[] = {
	ROW(SG_TEXT_MANIFEST_DESCRIPTION, "manifest-description", TEXT),
	ROW(SG_TEXT_UPDATE_DESCRIPTION, "update-description", TEXT),
	ROW(SG_TEXT_JSON_SOURCE, "manifest-json-source", TEXT),
	ROW(SG_TEXT_YAML_SOURCE, "manifest-yaml-source", TEXT),
};

static const struct sg_spec_row component_text_rows[] = {
	ROW(SG_TEXT_VENDOR_NAME, "vendor-name", TEXT),
	ROW(SG_TEXT_MODEL_NAME, "model-name", TEXT),
	ROW(SG_TEXT_VENDOR_DOMAIN, "vendor-domain", TEXT),
	ROW(SG_TEXT_MODEL_INFO, "model-info", TEXT),
	ROW(SG_TEXT_COMPONENT_DESCRIPTION, "component-description", TEXT),
	ROW(SG_TEXT_COMPONENT_VERSION, "component-version", TEXT),
	ROW(SG_TEXT_VERSION_REQUIRED, "version-required", TEXT),
	ROW(SG_TEXT_CURRENT_VERSION, "current-version", TEXT),
};

const struct sg_spec_table sg_spec_texts = TABLE("text", text_rows);
const struct sg_spec_table sg_spec_component_texts =
	TABLE("text of a component", component_text_rows);

const struct sg_spec_row sg_spec_any = ROW(0, "any", ANY);
const struct sg_spec_row sg_spec_manifest =
	NESTED(0, "manifest", MAP, &manifest);
const struct sg_spec_row sg_spec_digest = ROW(0, "digest", DIGEST);
const struct sg_spec_row sg_spec_component = ROW(0, "component", COMPONENT);
const struct sg_spec_row sg_spec_payload = ROW(0, "payload", PAYLOAD);
const struct sg_spec_row sg_spec_sequence = WRAPPED(0, "sequence", SEQUENCE);

const struct sg_spec_name sg_spec_algs[] = {
	{ SUIT_ALG_SHA256, "sha-256" },
	{ SUIT_ALG_SHA384, "sha-384" },
	{ SUIT_ALG_SHA512, "sha-512" },
	{ SUIT_ALG_ES256, "es256" },
	{ SUIT_ALG_ES384, "es384" },
	{ SUIT_ALG_EDDSA, "eddsa" },
	{ SUIT_ALG_ESP256, "esp256" },
	{ SUIT_ALG_ESP384, "esp384" },
	{ SUIT_ALG_ED25519, "ed25519" },
	{ SUIT_ALG_HSS_LMS, "hss-lms" },
	{ SUIT_ALG_ML_DSA_44, "ml-dsa-44" },
	{ SUIT_ALG_ML_DSA_65, "ml-dsa-65" },
	{ SUIT_ALG_ML_DSA_87, "ml-dsa-87" },
	{ SUIT_ALG_HMAC256, "hmac-256" },
	{ 0, NULL }
};

/* draft-ietf-suit-update-management, SUIT_Condition_Version_Comparison_Types */
const struct sg_spec_name sg_spec_operators[] = {
	{ 1, "greater" },
	{ 2, "greater-equal" },
	{ 3, "equal" },
	{ 4, "lesser-equal" },
	{ 5, "lesser" },
	{ 0, NULL }
};

const struct sg_spec_row *sg_spec_by_code(const struct sg_spec_table *table,
					  int64_t code)
{
	size_t i;

	for (i = 0; i < table->n; i++)
		if (table->row[i].code == code)
			return &table->row[i];
	return NULL;
}

const struct sg_spec_row *sg_spec_by_name(const struct sg_spec_table *table,
					  const char *name)
{
	size_t i;

	for (i = 0; i < table->n; i++)
		if (!strcmp(table->row[i].name, name))
			return &table->row[i];
	return NULL;
}

const char *sg_spec_name_of(const struct sg_spec_name *names, int64_t code)
{
	for (; names->name; names++)
		if (names->code == code)
			return names->name;
	return NULL;
}

bool sg_spec_code_of(const struct sg_spec_name *names, const char *name,
		     int64_t *code)
{
	for (; names->name; names++) {
		if (strcmp(names->name, name))
			continue;
		*code = names->code;
		return true;
	}
	return false;
}
