/** Tests of the test kit, and how it is used. */
@NullMarked
package io.breadcrumbs.sdk.testkit;

import org.jspecify.annotations.NullMarked;
