/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions that fail once. WRAP(NAME, VALUE, ERRNO): what calls NAME comes here
 * first (the linker's --wrap), and the FAIL_AT-th call of all is answered with
 * VALUE and ERRNO, unmade. The others go on to NAME, whose arguments, whatever
 * they are, stay where they are: that is why this is assembly. No function of
 * these takes or returns floating point.
 */
#ifndef FAULTS_WRAP_H
#define FAULTS_WRAP_H

#ifndef __x86_64__
#error "this needs a WRAP() for another machine"
#endif

#include <errno.h>

/* Is it this call's turn? Then errno is @error. */
int fault_here(const char *name, int error);

#define WRAP(name, value, error) WRAP_TEXT(name, value, error)
#define WRAP_TEXT(name, value, error) \
	asm(".text\n.globl __wrap_" #name "\n" \
	    ".type __wrap_" #name ", @function\n" \
	    "__wrap_" #name ":\n" \
	    "push %rax\npush %rdi\npush %rsi\npush %rdx\n" \
	    "push %rcx\npush %r8\npush %r9\n" \
	    "lea 2f(%rip), %rdi\nmov $" #error ", %esi\n" \
	    "call fault_here@PLT\nmov %eax, %r11d\n" \
	    "pop %r9\npop %r8\npop %rcx\n" \
	    "pop %rdx\npop %rsi\npop %rdi\npop %rax\n" \
	    "test %r11d, %r11d\njnz 1f\n" \
	    "jmp __real_" #name "@PLT\n" \
	    "1: mov $" #value ", %rax\nret\n" \
	    ".section .rodata\n2: .asciz \"" #name "\"\n.text\n")

#endif /* FAULTS_WRAP_H */
