/**
 * The demonstration: a workflow of three tools, and the way that each of its records took. {@code Taps} see records on
 * any thread, {@code Timeline} makes lines of what they saw and asks nobody. Uses {@code platform} and the sdk's bus.
 */
@NullMarked
package io.breadcrumbs.local.demo;

import org.jspecify.annotations.NullMarked;
