package io.breadcrumbs.local.kafka;

import io.breadcrumbs.local.data.Fault;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What a formatted log folder says about itself. */
final class FormattedFolder {

    private FormattedFolder() {}

    /** A fault if the folder is another node's or another version's. */
    static @Nullable Fault check(Path folder, int wanted) throws IOException {
        Properties meta = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("meta.properties"))) {
            meta.load(reader);
        }
        String node = meta.getProperty("node.id", "none");
        String version = meta.getProperty("version", "none");
        if (node.equals(Integer.toString(wanted)) && version.equals("1")) {
            return null;
        }
        String expected = "a broker's logs of node " + wanted + ", version 1";
        return new Fault.ForeignFolder(folder, "logs of node " + node + ", version " + version, expected);
    }
}
