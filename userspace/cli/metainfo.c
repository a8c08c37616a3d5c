// SPDX-License-Identifier: GPL-2.0-or-later
#include "metainfo.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the manifest says; NULL for what it does not say. */
struct facts {
	const char *component;
	const char *vendor;
	const char *class_id;
	const char *version;
	const char *name;
	const char *summary;
	const char *description;
	char number[24];
};

static const char *string(sd_json_variant *object, const char *key)
{
	sd_json_variant *v = sd_json_variant_by_key(object, key);

	return v && sd_json_variant_is_string(v) ? sd_json_variant_string(v) :
						   NULL;
}

/* The first value of a parameter below @v; sequences lie in each other. */
static const char *parameter(sd_json_variant *v, const char *name,
			     unsigned int depth)
{
	const char *found = NULL;
	size_t i;

	if (!v || !depth ||
	    (!sd_json_variant_is_array(v) && !sd_json_variant_is_object(v)))
		return NULL;
	if (sd_json_variant_is_object(v))
		found = string(v, name);
	for (i = 0; !found && i < sd_json_variant_elements(v); i++)
		found = parameter(sd_json_variant_by_index(v, i), name,
				  depth - 1);
	return found;
}

/* In English, or whatever there is; what was severed away is not there. */
static sd_json_variant *text(sd_json_variant *manifest)
{
	sd_json_variant *v = sd_json_variant_by_key(manifest, "text");
	sd_json_variant *english;

	if (sd_json_variant_by_key(v, "severed"))
		v = sd_json_variant_by_key(v, "value");
	english = sd_json_variant_by_key(v, "en");
	if (english || !v || !sd_json_variant_is_object(v) ||
	    sd_json_variant_elements(v) < 2)
		return english;
	return sd_json_variant_by_index(v, 1);
}

static int find(sd_json_variant *spec, struct facts *f, struct sg_error *err)
{
	sd_json_variant *manifest = sd_json_variant_by_key(spec, "manifest");
	sd_json_variant *common = sd_json_variant_by_key(manifest, "common");
	sd_json_variant *of = sd_json_variant_by_key(common, "components");
	sd_json_variant *texts = text(manifest);
	sd_json_variant *about = sd_json_variant_by_key(texts, "components");
	sd_json_variant *number;

	enum { DEPTH = 64 };

	if (!of || sd_json_variant_elements(of) < 1 ||
	    !sd_json_variant_is_string(sd_json_variant_by_index(of, 0)))
		return sg_fail(err, "the manifest has no component with a name");
	about = about && sd_json_variant_elements(about) ?
		sd_json_variant_by_index(about, 0) : NULL;
	f->component = sd_json_variant_string(sd_json_variant_by_index(of, 0));
	f->vendor = parameter(common, "vendor-identifier", DEPTH);
	f->class_id = parameter(common, "class-identifier", DEPTH);
	f->version = string(manifest, "set-version");
	if (!f->version)
		f->version = string(about, "component-version");
	number = sd_json_variant_by_key(manifest, "sequence-number");
	snprintf(f->number, sizeof(f->number), "%" PRIu64,
		 sd_json_variant_is_unsigned(number) ?
			 sd_json_variant_unsigned(number) : 0);
	f->name = string(about, "model-name");
	f->summary = string(about, "component-description");
	if (!f->summary)
		f->summary = string(texts, "manifest-description");
	f->description = string(texts, "update-description");
	if (!f->class_id || !f->vendor)
		return sg_fail(err, "the manifest is for no vendor and class: fwupd finds devices by these (suitctl create --vendor --class)");
	return 0;
}

/* By the rules that fwupd has for devices whose format it is not told. */
static const char *format(const char *version)
{
	static const char *const by_dots[] = { "number", "pair", "triplet",
					       "quad" };
	size_t dots = 0;
	const char *c;

	for (c = version; *c; c++) {
		if (*c == '.')
			dots++;
		else if (*c < '0' || *c > '9')
			return "plain";
	}
	return dots < 4 ? by_dots[dots] : "plain";
}

/* Text as text of an element; what XML cannot have becomes a space. */
static void xml(FILE *out, const char *tag, const char *value)
{
	fprintf(out, "<%s>", tag);
	for (; *value; value++) {
		if (*value == '<')
			fputs("&lt;", out);
		else if (*value == '>')
			fputs("&gt;", out);
		else if (*value == '&')
			fputs("&amp;", out);
		else if (*value == '"')
			fputs("&quot;", out);
		else
			fputc((unsigned char)*value < ' ' ? ' ' : *value, out);
	}
	/* the tag without its attributes */
	fprintf(out, "</%.*s>\n", (int)strcspn(tag, " "), tag);
}

static int sha256(const struct sg_buf *bytes, char out[65])
{
	uint8_t digest[32];

	if (EVP_Digest(bytes->data, bytes->len, digest, NULL, EVP_sha256(),
		       NULL) != 1)
		return -1;
	sg_gate_hex(digest, sizeof(digest), out);
	return 0;
}

static void write_release(FILE *out, const struct metainfo *what,
			  const struct facts *f, const char *version,
			  const char *sha)
{
	fputs("  <releases>\n    <release urgency=\"medium\" version=\"", out);
	fprintf(out, "%s\" date=\"%s\">\n      <description>\n        ", version,
		what->date);
	xml(out, "p", f->description ? f->description : "A new release.");
	fprintf(out, "      </description>\n      <checksum type=\"sha256\" target=\"content\" filename=\"%s\">%s</checksum>\n",
		what->file, sha);
	fputs("    </release>\n  </releases>\n", out);
}

static void write_all(FILE *out, const struct metainfo *what,
		      const struct facts *f, const char *sha)
{
	const char *version = f->version ? f->version : f->number;
	const char *name = what->name ? what->name :
			   f->name ? f->name : f->component;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<component type=\"firmware\">\n  ", out);
	xml(out, "id", what->id);
	fputs("  ", out);
	xml(out, "name", name);
	fputs("  ", out);
	xml(out, "summary", f->summary ? f->summary : "Runtime firmware");
	fputs("  <description>\n    ", out);
	xml(out, "p", f->summary ? f->summary : "Firmware that drivers load, signed by its author.");
	fputs("  </description>\n  <provides>\n    ", out);
	xml(out, "firmware type=\"flashed\"", f->class_id);
	fputs("  </provides>\n  ", out);
	xml(out, "url type=\"homepage\"", what->homepage);
	fputs("  <metadata_license>CC0-1.0</metadata_license>\n  ", out);
	xml(out, "project_license", what->license);
	fputs("  <categories>\n    <category>X-Device</category>\n  </categories>\n", out);
	fprintf(out, "  <custom>\n    <value key=\"LVFS::VersionFormat\">%s</value>\n    <value key=\"LVFS::UpdateProtocol\">org.ietf.suit</value>\n  </custom>\n",
		format(version));
	fprintf(out, "  <requires>\n    <id compare=\"ge\" version=\"2.0.20\">org.freedesktop.fwupd</id>\n    <firmware compare=\"eq\" version=\"SUIT:%s\">vendor-id</firmware>\n  </requires>\n",
		f->vendor);
	write_release(out, what, f, version, sha);
	fputs("</component>\n", out);
}

/* What is written as it is: nothing that would end an attribute. */
static int check(const struct facts *f, struct sg_error *err)
{
	const char *version = f->version ? f->version : f->number;

	if (version[strspn(version, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-+~_")])
		return sg_fail(err, "\"%s\" is no version that fwupd can compare",
			       version);
	if (strlen(f->vendor) != 36 || strlen(f->class_id) != 36)
		return sg_fail(err, "the identifiers of vendor and class are no UUIDs");
	return 0;
}

int metainfo_write(const struct metainfo *what, sd_json_variant *spec,
		   const struct sg_buf *envelope, struct sg_buf *out,
		   struct sg_error *err)
{
	struct facts facts = { 0 };
	char *data = NULL, sha[65];
	size_t len = 0;
	FILE *file;

	*out = (struct sg_buf){ 0 };
	if (find(spec, &facts, err) < 0 || check(&facts, err) < 0)
		return -1;
	if (sha256(envelope, sha) < 0)
		return sg_fail(err, "cannot compute a digest");
	file = open_memstream(&data, &len);
	if (!file)
		return sg_fail(err, "out of memory");
	write_all(file, what, &facts, sha);
	if (fclose(file)) {
		free(data);
		return sg_fail(err, "out of memory");
	}
	out->data = (uint8_t *)data;
	out->len = len;
	return 0;
}
