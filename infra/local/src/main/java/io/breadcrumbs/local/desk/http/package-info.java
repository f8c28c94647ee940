/**
 * The platform asked over its HTTP door, by who reaches nothing else of it. What is read is shaped as the brokers' side
 * shapes it, so that commands need not know. {@code Door} may be used by any thread; feeds read in threads of their
 * own.
 */
@NullMarked
package io.breadcrumbs.local.desk.http;

import org.jspecify.annotations.NullMarked;
