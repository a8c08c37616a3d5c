// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Manifests that depend on others, and who refers to what.
 */
#include <stdio.h>
#include <string.h>

#include "crypto.h"
#include "gateway.h"

#define is(got, want) assert_string_equal(got, want)

enum { MAX_DIGEST = 64 };

/* [-16, digest of the bstr with this manifest] */
static const char *digest_of(const char *manifest)
{
	const struct suit_crypto *crypto = sg_crypto();
	struct suit_slice bstr = diag("h'%s'", hex(diag("%s", manifest)));
	u8 value[MAX_DIGEST];
	struct suit_slice got = { value, 32 };

	expect(crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256, &bstr, 1,
				   value), SUIT_OK);
	return text("[-16, h'%s']", hex(got));
}

/* firmware/NAME with what is at http://fw; uninstalls itself. */
static const char *leaf(const char *name, unsigned int sequence,
			const char *content)
{
	return text("{1: 1, 2: %u, 3: <<{2: [['firmware', '%s']], "
		    "4: <<[20, {%s}]>>}>>, 5: ['manifest', 'leaf'], "
		    "7: <<[3, 15]>>, "
		    "16: <<[20, {21: \"http://fw\"}, 21, 15, 3, 15]>>, "
		    "24: <<[33, 15]>>}", sequence, name, wanted(content));
}

/*
 * A root that depends on the manifest with @digest, kept as manifest/leaf;
 * fetched from http://leaf unless it is there.
 */
static const char *root(const char *name, unsigned int sequence,
			const char *digest)
{
	return text("{1: 1, 2: %u, 3: <<{1: {0: {}}, 2: [['manifest', 'leaf']], "
		    "4: <<[20, {3: <<%s>>}]>>}>>, 5: ['manifest', '%s'], "
		    "7: <<[7, 15, 11, 15]>>, "
		    "15: <<[20, {21: \"http://leaf\"}, 15, [<<[3, 15]>>, "
		    "<<[21, 15, 3, 15]>>], 7, 15]>>, "
		    "16: <<[7, 15, 11, 15]>>, 24: <<[7, 15, 33, 15]>>}",
		    sequence, digest, name);
}

static void serve(const char *manifest, const char *content)
{
	struct sg_buf envelope = gateway_sign(manifest, "");
	struct suit_slice bytes = { envelope.data, envelope.len };

	bytes = copy_of(bytes);
	sg_buf_free(&envelope);
	gateway.page[0] = (struct page){
		"http://leaf", (const char *)bytes.ptr, NULL, bytes.len
	};
	gateway.page[1] = (struct page){ "http://fw", content };
}

static const char *update(const char *manifest)
{
	const char *code = gateway_process(SG_PROCEDURE_UPDATE, manifest, "");

	if (!strcmp(code, "ok"))
		gateway_confirm();
	return code;
}

static const char *uninstall(const char *manifest)
{
	const char *code = gateway_process(SG_PROCEDURE_UNINSTALL, manifest,
					   "");

	if (!strcmp(code, "ok"))
		gateway_confirm();
	return code;
}

static void dependency_is_installed(void **state)
{
	const char *d = leaf("a.fw", 1, "new");

	(void)state;
	serve(d, "new");
	is(update(root("one", 1, digest_of(d))), "ok");
	is(gateway_get("firmware/a.fw"), "new");
	is(gateway_list("manifest"), "leaf");
	is(gateway_list("firmware"), "a.fw");
}

static void other_dependency(void **state)
{
	const char *d = leaf("a.fw", 1, "new"), *e = leaf("a.fw", 2, "new");

	(void)state;
	serve(e, "new");
	is(update(root("one", 1, digest_of(d))), "try-each-exhausted");
	is(gateway_list("manifest"), "");
	is(gateway_list("firmware"), "");
}

static void garbage_for_dependency(void **state)
{
	const char *d = leaf("a.fw", 1, "new");

	(void)state;
	serve(d, "new");
	gateway.page[0].content = "garbage";
	gateway.page[0].len = 0;
	is(update(root("one", 1, digest_of(d))), "try-each-exhausted");
	is(gateway_list("manifest"), "");
}

/* Two roots share a leaf: it stays until the second has gone too. */
static void shared_dependency(void **state)
{
	const char *d = leaf("a.fw", 1, "new");
	const char *one = root("one", 1, digest_of(d));
	const char *two = root("two", 1, digest_of(d));

	(void)state;
	serve(d, "new");
	is(update(one), "ok");
	gateway.page[0].uri = NULL;
	is(update(two), "unchanged");
	is(uninstall(one), "unchanged");
	is(gateway_list("manifest"), "leaf");
	is(gateway_list("firmware"), "a.fw");
	is(uninstall(two), "ok");
	is(gateway_list("manifest"), "");
	is(gateway_list("firmware"), "");
	is(gateway_list("state"), "install/ install/lock");
}

/* What another refers to is not replaced beneath it. */
static void shared_dependency_is_kept(void **state)
{
	const char *d = leaf("a.fw", 1, "new"), *e = leaf("a.fw", 2, "newer");

	(void)state;
	serve(d, "new");
	is(update(root("one", 1, digest_of(d))), "ok");
	serve(e, "newer");
	is(update(root("two", 1, digest_of(e))), "component-still-referenced");
	assert_non_null(strstr(gateway_why, "1 other"));
	is(gateway_get("firmware/a.fw"), "new");
	is(update(root("one", 2, digest_of(e))), "ok");
	is(gateway_get("firmware/a.fw"), "newer");
}

/* A plain manifest does not touch what the leaf has installed. */
static void component_of_another(void **state)
{
	const char *d = leaf("a.fw", 1, "new");

	(void)state;
	serve(d, "new");
	is(update(root("one", 1, digest_of(d))), "ok");
	gateway.page[1].content = "mine";
	is(update(text("{1: 1, 2: 1, 3: <<{2: [['firmware', 'a.fw']], "
		       "4: <<[20, {%s}]>>}>>, 7: <<[3, 15]>>, "
		       "16: <<[20, {21: \"http://fw\"}, 21, 15, 3, 15]>>}",
		       wanted("mine"))), "component-still-referenced");
	is(gateway_get("firmware/a.fw"), "new");
}

/* A new version that needs the leaf no more may take its component over. */
static void successor_takes_over(void **state)
{
	const char *d = leaf("a.fw", 1, "new");

	(void)state;
	serve(d, "new");
	is(update(root("one", 1, digest_of(d))), "ok");
	gateway.page[1].content = "mine";
	is(update(text("{1: 1, 2: 2, 3: <<{2: [['firmware', 'a.fw']], "
		       "4: <<[20, {%s}]>>}>>, 5: ['manifest', 'one'], "
		       "7: <<[3, 15]>>, "
		       "16: <<[20, {21: \"http://fw\"}, 21, 15, 3, 15]>>}",
		       wanted("mine"))), "ok");
	is(gateway_get("firmware/a.fw"), "mine");
}

static void unconfirmed_uninstallation_comes_back(void **state)
{
	const char *d = leaf("a.fw", 1, "new");
	const char *one = root("one", 1, digest_of(d));

	(void)state;
	serve(d, "new");
	is(update(one), "ok");
	is(gateway_process(SG_PROCEDURE_UNINSTALL, one, ""), "ok");
	assert_null(gateway_get("firmware/a.fw"));
	assert_null(gateway_get("manifest/leaf"));
	gateway_revert();
	is(gateway_get("firmware/a.fw"), "new");
	is(gateway_list("manifest"), "leaf");
	is(uninstall(one), "ok");
	is(gateway_list("firmware"), "");
}

/* Each manifest of a tree, with what the gate must know. */
static void manifests_are_listed(void **state)
{
	const char *d = leaf("a.fw", 1, "new");
	struct sg_process_manifest is_there;
	struct sg_process *process;
	struct sg_error err;

	(void)state;
	serve(d, "new");
	gateway.request.envelope = gateway_sign(root("one", 7, digest_of(d)),
						"");
	gateway.request.procedure = SG_PROCEDURE_UPDATE;
	assert_int_equal(sg_process_open(&gateway.request, &process, &err), 0);
	assert_int_equal(sg_process_run(process, &err), 0);
	assert_true(sg_process_get_manifest(process, 0, &is_there));
	assert_false(is_there.gated);
	is(is_there.component, "manifest/one");
	is(is_there.authority, "acme");
	assert_int_equal(is_there.sequence_number, 7);
	assert_true(sg_process_get_manifest(process, 1, &is_there));
	assert_true(is_there.gated);
	is(is_there.component, "manifest/leaf");
	assert_int_equal(is_there.envelope.len, gateway.page[0].len);
	assert_false(sg_process_get_manifest(process, 2, &is_there));
	sg_process_close(process);
	sg_buf_free(&gateway.request.envelope);
}

static int note(void *context, const struct sg_install *install)
{
	int *seen = context;

	*seen |= 1 << (int)install->state;
	return 0;
}

static void installations_are_listed(void **state)
{
	const char *d = leaf("a.fw", 1, "new");
	struct sg_error err;
	int seen = 0;

	(void)state;
	serve(d, "new");
	is(update(root("one", 1, digest_of(d))), "ok");
	is(gateway_process(SG_PROCEDURE_INSTALLATION,
			   "{1: 1, 2: 1, 3: <<{2: [['config', 'a']]}>>, "
			   "7: <<[14, 0]>>, 20: <<[20, {18: 'x'}, 18, 15]>>}",
			   ""), "ok");
	assert_int_equal(sg_install_list(&gateway.device, note, &seen, &err),
			 0);
	assert_int_equal(seen, 1 << SG_INSTALL_INSTALLED |
			       1 << SG_INSTALL_APPLIED);
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, gateway_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(dependency_is_installed),
		test(other_dependency),
		test(garbage_for_dependency),
		test(shared_dependency),
		test(shared_dependency_is_kept),
		test(component_of_another),
		test(successor_takes_over),
		test(unconfirmed_uninstallation_comes_back),
		test(manifests_are_listed),
		test(installations_are_listed),
	};

	return cmocka_run_group_tests_name("process tree", tests, NULL, NULL);
}
