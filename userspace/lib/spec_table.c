// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Everything that a manifest can have, by number and by name.
 */
#include <string.h>

#include "spec_private.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TABLE(rows) { .row = rows, .n = COUNT(rows) }

#define ROW(code, name, kind) { code, SG_SPEC_##kind, false, false, name, NULL }
#define WRAPPED(code, name, kind) \
	{ code, SG_SPEC_##kind, true, false, name, NULL }
#define SEVERABLE(code, name, kind) \
	{ code, SG_SPEC_##kind, true, true, name, NULL }
#define POLICY(code, name) ROW(code, name, UINT)

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
	ROW(SUIT_PARAM_ENCRYPTION_INFO, "encryption-info", BYTES),
	ROW(SUIT_PARAM_URI, "uri", TEXT),
	ROW(SUIT_PARAM_SOURCE_COMPONENT, "source-component", UINT),
	ROW(SUIT_PARAM_INVOKE_ARGS, "invoke-args", BYTES),
	ROW(SUIT_PARAM_DEVICE, "device-identifier", UUID),
	ROW(SUIT_PARAM_FETCH_ARGS, "fetch-arguments", BYTES),
	ROW(SUIT_PARAM_MINIMUM_BATTERY, "minimum-battery", UINT),
	ROW(SUIT_PARAM_UPDATE_PRIORITY, "update-priority", INT),
	WRAPPED(SUIT_PARAM_VERSION, "version", ANY),
	WRAPPED(SUIT_PARAM_WAIT_INFO, "wait-info", ANY),
	WRAPPED(SUIT_PARAM_COMPONENT_METADATA, "component-metadata", ANY),
};

static const struct sg_spec_table parameters = TABLE(parameter_rows);

static const struct sg_spec_row command_rows[] = {
	POLICY(SUIT_COND_VENDOR, "condition-vendor-identifier"),
	POLICY(SUIT_COND_CLASS, "condition-class-identifier"),
	POLICY(SUIT_COND_IMAGE_MATCH, "condition-image-match"),
	POLICY(SUIT_COND_USE_BEFORE, "condition-use-before"),
	POLICY(SUIT_COND_COMPONENT_SLOT, "condition-component-slot"),
	POLICY(SUIT_COND_CHECK_CONTENT, "condition-check-content"),
	POLICY(SUIT_COND_DEPENDENCY_INTEGRITY,
	       "condition-dependency-integrity"),
	POLICY(SUIT_COND_IS_DEPENDENCY, "condition-is-dependency"),
	POLICY(SUIT_DIR_PROCESS_DEPENDENCY, "directive-process-dependency"),
	ROW(SUIT_DIR_SET_COMPONENT_INDEX, "directive-set-component-index",
	    ANY),
	POLICY(SUIT_COND_ABORT, "condition-abort"),
	ROW(SUIT_DIR_TRY_EACH, "directive-try-each", TRY_EACH),
	POLICY(SUIT_DIR_WRITE, "directive-write"),
	{ SUIT_DIR_SET_PARAMETERS, SG_SPEC_MAP, false, false,
	  "directive-set-parameters", &parameters },
	{ SUIT_DIR_OVERRIDE_PARAMETERS, SG_SPEC_MAP, false, false,
	  "directive-override-parameters", &parameters },
	POLICY(SUIT_DIR_FETCH, "directive-fetch"),
	POLICY(SUIT_DIR_COPY, "directive-copy"),
	POLICY(SUIT_DIR_INVOKE, "directive-invoke"),
	POLICY(SUIT_COND_DEVICE, "condition-device-identifier"),
	POLICY(SUIT_COND_IMAGE_NOT_MATCH, "condition-image-not-match"),
	POLICY(SUIT_COND_MINIMUM_BATTERY, "condition-minimum-battery"),
	POLICY(SUIT_COND_UPDATE_AUTHORIZED, "condition-update-authorized"),
	POLICY(SUIT_COND_VERSION, "condition-version"),
	POLICY(SUIT_DIR_WAIT, "directive-wait"),
	POLICY(SUIT_DIR_SWAP, "directive-swap"),
	WRAPPED(SUIT_DIR_RUN_SEQUENCE, "directive-run-sequence", SEQUENCE),
	POLICY(SUIT_DIR_UNLINK, "directive-unlink"),
	{ SUIT_DIR_OVERRIDE_MULTIPLE, SG_SPEC_MAPS, false, false,
	  "directive-override-multiple", &parameters },
	ROW(SUIT_DIR_COPY_PARAMS, "directive-copy-params", ANY),
};

const struct sg_spec_table sg_spec_commands = TABLE(command_rows);

static const struct sg_spec_row dependency_rows[] = {
	ROW(1, "prefix", COMPONENT),
};

static const struct sg_spec_table dependency = TABLE(dependency_rows);

static const struct sg_spec_row common_rows[] = {
	{ SUIT_COMMON_DEPENDENCIES, SG_SPEC_MAPS, false, false, "dependencies",
	  &dependency },
	ROW(SUIT_COMMON_COMPONENTS, "components", COMPONENTS),
	WRAPPED(SUIT_COMMON_SHARED_SEQUENCE, "shared-sequence", SEQUENCE),
};

static const struct sg_spec_table common = TABLE(common_rows);

static const struct sg_spec_row manifest_rows[] = {
	ROW(SUIT_MANIFEST_VERSION, "version", UINT),
	ROW(SUIT_MANIFEST_SEQUENCE_NUMBER, "sequence-number", UINT),
	{ SUIT_MANIFEST_COMMON, SG_SPEC_MAP, true, false, "common", &common },
	ROW(SUIT_MANIFEST_REFERENCE_URI, "reference-uri", TEXT),
	ROW(SUIT_MANIFEST_COMPONENT_ID, "component-id", COMPONENT),
	WRAPPED(SUIT_MANIFEST_SET_VERSION, "set-version", ANY),
	WRAPPED(SUIT_MANIFEST_VALIDATE, "validate", SEQUENCE),
	WRAPPED(SUIT_MANIFEST_LOAD, "load", SEQUENCE),
	WRAPPED(SUIT_MANIFEST_INVOKE, "invoke", SEQUENCE),
	SEVERABLE(SUIT_MANIFEST_COSWID, "coswid", ANY),
	SEVERABLE(SUIT_MANIFEST_DEPENDENCY_RESOLUTION,
		  "dependency-resolution", SEQUENCE),
	SEVERABLE(SUIT_MANIFEST_PAYLOAD_FETCH, "payload-fetch", SEQUENCE),
	SEVERABLE(SUIT_MANIFEST_CANDIDATE_VERIFICATION,
		  "candidate-verification", SEQUENCE),
	SEVERABLE(SUIT_MANIFEST_INSTALL, "install", SEQUENCE),
	SEVERABLE(SUIT_MANIFEST_TEXT, "text", TEXTS),
	WRAPPED(SUIT_MANIFEST_UNINSTALL, "uninstall", SEQUENCE),
};

static const struct sg_spec_table manifest = TABLE(manifest_rows);

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

const struct sg_spec_table sg_spec_texts = TABLE(text_rows);
const struct sg_spec_table sg_spec_component_texts = TABLE(component_text_rows);

const struct sg_spec_row sg_spec_manifest = {
	0, SG_SPEC_MAP, false, false, "manifest", &manifest
};

const struct sg_spec_row sg_spec_digest = ROW(0, "digest", DIGEST);
const struct sg_spec_row sg_spec_sequence = WRAPPED(0, "sequence", SEQUENCE);

static const struct {
	int64_t alg;
	const char *name;
} algs[] = {
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

const char *sg_spec_alg_name(int64_t alg)
{
	size_t i;

	for (i = 0; i < COUNT(algs); i++)
		if (algs[i].alg == alg)
			return algs[i].name;
	return NULL;
}

bool sg_spec_alg_parse(const char *name, int64_t *alg)
{
	size_t i;

	for (i = 0; i < COUNT(algs); i++) {
		if (strcmp(algs[i].name, name))
			continue;
		*alg = algs[i].alg;
		return true;
	}
	return false;
}
