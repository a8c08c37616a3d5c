// SPDX-License-Identifier: GPL-2.0-or-later
#include "daemon_out.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli.h"
#include "link.h"
#include "out.h"

static void print_component(sd_json_variant *v)
{
	const char *version = link_text(v, "version");

	out_text(stdout, link_text(v, "name"));
	printf("  ");
	out_text(stdout, *version ? version : "-");
	printf("  ");
	out_text(stdout, link_text(v, "authority"));
	printf("  sequence %" PRIu64 "%s\n", link_number(v, "sequenceNumber"),
	       link_true(v, "confirmed") ? "" : "  on trial");
}

int daemon_out_components(const char *socket, bool json)
{
	const struct link_call call = {
		.socket = socket, .method = "ListComponents",
	};
	sd_json_variant *answer = NULL, *list;
	struct sg_error err;
	size_t i, n;

	if (link_call(&call, &answer, &err) < 0)
		return cli_error(&err);
	if (json)
		return out_json(answer);
	list = sd_json_variant_by_key(answer, "components");
	n = sd_json_variant_elements(list);
	for (i = 0; i < n; i++)
		print_component(sd_json_variant_by_index(list, i));
	if (!n)
		puts("nothing is installed yet (suitctl install)");
	sd_json_variant_unref(answer);
	return CLI_OK;
}

int daemon_out_status(const char *socket, bool json)
{
	const struct link_call call = { .socket = socket, .method = "Status" };
	sd_json_variant *answer = NULL;
	struct sg_error err;

	if (link_call(&call, &answer, &err) < 0)
		return cli_error(&err);
	if (json)
		return out_json(answer);
	printf("suitgated ");
	out_text(stdout, link_text(answer, "version"));
	printf(" is %s, %s a gate\n",
	       link_true(answer, "busy") ? "installing" : "idle",
	       link_true(answer, "gate") ? "with" : "without");
	printf("  sources     %" PRIu64 "%s\n", link_number(answer, "sources"),
	       link_number(answer, "sources") ? "" : " (offline)");
	printf("  components  %" PRIu64 "\n",
	       link_number(answer, "components"));
	printf("  on trial    %" PRIu64 "%s\n\n", link_number(answer, "trials"),
	       link_number(answer, "trials") ? " (suitctl confirm)" : "");
	sd_json_variant_unref(answer);
	return daemon_out_components(socket, false);
}
