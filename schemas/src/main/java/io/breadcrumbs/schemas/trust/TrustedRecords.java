package io.breadcrumbs.schemas.trust;

import org.apache.avro.Conversion;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Adds the generated records to those classes that Avro is willing to load by name.
 *
 * <p>Avro trusts no class outside its own list, and without trust the builders' defaults and the deep copies of enums
 * and nested records fail. System properties would have to be set by every process that uses a record. Avro asks the
 * service loader for conversions whenever it makes the model of a generated class, which is the first thing that
 * happens to any of them: so this is a conversion, of a logical type that no schema has.
 */
public final class TrustedRecords extends Conversion<TrustedRecords> {
    private static final String PACKAGE = "io.breadcrumbs.schemas";

    static {
        ClassSecurityPredicate others = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                others, type -> type.getPackageName().equals(PACKAGE)));
    }

    @Override
    public Class<TrustedRecords> getConvertedType() {
        return TrustedRecords.class;
    }

    @Override
    public String getLogicalTypeName() {
        return "breadcrumbs-trusted-records";
    }
}
