/**
 * Why a run does not move, and what would move it: {@code Inquiry} gathers facts, {@code Why} makes a sentence of them
 * and asks nobody. Uses {@code runs.journal}, {@code runs.view} for words, and {@code tools}. One thread.
 */
@NullMarked
package io.breadcrumbs.local.runs.why;

import org.jspecify.annotations.NullMarked;
