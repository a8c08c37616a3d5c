// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Parameters: which there are, and what each must look like.
 */
#include "opened.h"

struct parameter_row {
	const char *name;
	const char *sequence;
	enum suit_error error;
};

static void check_parameters(void **state)
{
	const struct parameter_row *row = *state;
	const char *validate = text(", 7: <<%s>>, 20: <<[21, 15]>>",
				    row->sequence);
	const char *install = text(", 7: <<[3, 15]>>, 20: <<%s>>",
				   row->sequence);

	expect(open_sections(1, row->sequence, ", 7: <<[3, 15]>>",
			     SUIT_PROFILE_KERNEL), row->error);
	expect(open_sections(1, "", validate, SUIT_PROFILE_FULL), row->error);
	expect(open_sections(1, "", install, SUIT_PROFILE_KERNEL),
	       row->error);
}

#define UUID "h'00112233445566778899aabbccddeeff'"

static const struct parameter_row rows[] = {
	{ "parameters: none", "[20, {}]", SUIT_OK },
	{ "parameters: every one",
	  "[20, {1: " UUID ", 2: " UUID ", 3: <<digest''>>, 4: 0, 5: 0,"
	  " 12: true, 14: 0, 18: h'', 19: <<96([h'', {}, null, []])>>,"
	  " 21: \"u\", 22: 0, 23: h'', 24: " UUID ", 25: h'', 26: 0,"
	  " 27: -1, 28: <<[1, [1]]>>, 29: <<{1: 1}>>, 30: <<{1: 1}>>}]", SUIT_OK },
	{ "parameters: set, not overridden", "[19, {14: 0}]", SUIT_OK },
	{ "parameters: no map", "[20, [14, 0]]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "parameters: bytes", "[20, <<{14: 0}>>]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "parameters: one twice", "[20, {14: 0, 14: 1}]",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "parameters: out of order", "[20, {14: 0, 5: 0}]",
	  SUIT_ERR_MAP_ORDER },
	{ "parameters: a text label", "[20, {\"size\": 0}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "parameters: 0", "[20, {0: 0}]", SUIT_ERR_PARAMETER },
	{ "parameters: 6", "[20, {6: 0}]", SUIT_ERR_PARAMETER },
	{ "parameters: 20", "[20, {20: 0}]", SUIT_ERR_PARAMETER },
	{ "parameters: 31", "[20, {31: 0}]", SUIT_ERR_PARAMETER },
	{ "parameters: a custom one", "[20, {-1: 0}]", SUIT_ERR_PARAMETER },
	{ "parameters: the size in 8 bits", "[20, {270: 0}]",
	  SUIT_ERR_PARAMETER },
	{ "parameters: the size in 32 bits", "[20, {4294967310: 0}]",
	  SUIT_ERR_PARAMETER },
	{ "parameters: an unknown one that is set", "[19, {6: 0}]",
	  SUIT_ERR_PARAMETER },
	{ "vendor: 15 bytes", "[20, {1: h'00112233445566778899aabbccddee'}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "vendor: text", "[20, {1: \"acme\"}]", SUIT_ERR_PARAMETER_FORM },
	{ "vendor: an enterprise number", "[20, {1: 112(h'd86f')}]",
	  SUIT_OK },
	{ "vendor: an empty enterprise number", "[20, {1: 112(h'')}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "vendor: another tag", "[20, {1: 111(h'd86f')}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "vendor: a number under the tag", "[20, {1: 112(1)}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "class: 17 bytes",
	  "[20, {2: h'00112233445566778899aabbccddeeff00'}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "class: an enterprise number", "[20, {2: 112(h'd86f')}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "digest: not in bytes", "[20, {3: digest''}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "digest: empty bytes", "[20, {3: h''}]", SUIT_ERR_PARAMETER_FORM },
	{ "digest: cut", "[20, {3: <<[-16, h'00']>>}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "digest: something after it", "[20, {3: <<digest'', 0>>}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "slot: below 0", "[20, {5: -1}]", SUIT_ERR_PARAMETER_FORM },
	{ "strict-order: 1", "[20, {12: 1}]", SUIT_ERR_PARAMETER_FORM },
	{ "strict-order: null", "[20, {12: null}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "soft-failure: 0", "[20, {13: 0}]", SUIT_ERR_PARAMETER_FORM },
	{ "size: text", "[20, {14: \"0\"}]", SUIT_ERR_PARAMETER_FORM },
	{ "content: a number", "[20, {18: 0}]", SUIT_ERR_PARAMETER_FORM },
	{ "encryption: no bytes", "[20, {19: 96([h'', {}, null, []])}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "encryption: COSE_Encrypt0", "[20, {19: <<16([h'', {}, null])>>}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "encryption: untagged", "[20, {19: <<[h'', {}, null, []]>>}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "encryption: no recipients", "[20, {19: <<96([h'', {}, null])>>}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "encryption: empty", "[20, {19: h''}]", SUIT_ERR_PARAMETER_FORM },
	{ "encryption: as the standard's examples have it, out of order",
	  "[20, {19: <<96([h'', {}, null, [[h'', {-1: {}, 4: 'kid'}, h'']]])"
	  ">>}]", SUIT_OK },
	{ "URI: bytes", "[20, {21: 'http://x'}]", SUIT_ERR_PARAMETER_FORM },
	{ "URI: no UTF-8", "[20, {21: raw'61ff'}]", SUIT_ERR_UTF8 },
	{ "source: true", "[20, {22: true}]", SUIT_ERR_PARAMETER_FORM },
	{ "arguments: text", "[20, {23: \"x\"}]", SUIT_ERR_PARAMETER_FORM },
	{ "device: 4 bytes", "[20, {24: h'00000000'}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "priority: text", "[20, {27: \"x\"}]", SUIT_ERR_PARAMETER_FORM },
	{ "version: no CBOR in it", "[20, {28: h''}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "version: two items in it", "[20, {28: h'0000'}]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "metadata: a duplicate key in it", "[20, {30: <<{1: 1, 1: 1}>>}]",
	  SUIT_ERR_PARAMETER_FORM },
};

int main(void)
{
	table(rows, check_parameters);
	return table_run("parameter");
}
