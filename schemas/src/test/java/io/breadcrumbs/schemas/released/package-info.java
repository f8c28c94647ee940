/**
 * Keeps every release readable: {@code src/released/<release>} holds, for each subject, the schema as it was registered
 * and one sample record in wire format, as hexadecimal digits.
 *
 * <p>Before a release, {@code mvn test -pl schemas -Dtest=ReleasedTest -Drelease=1.2.3} writes its folder; the folder
 * of a release is never changed afterwards. Uses Wire and the registry client's own compatibility rules. No thread owns
 * anything here.
 */
@NullMarked
package io.breadcrumbs.schemas.released;

import org.jspecify.annotations.NullMarked;
