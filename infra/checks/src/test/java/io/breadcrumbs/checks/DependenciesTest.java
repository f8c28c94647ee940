package io.breadcrumbs.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Whatever a module depends on has a line in docs/dependencies.md that says why. */
class DependenciesTest {

    @Test
    void shouldFindAReasonForEveryDependency() throws Exception {
        String reasons = Files.readString(Sources.root().resolve("docs/dependencies.md"));

        Set<String> missing = declared();
        assertThat(missing).isNotEmpty();
        missing.removeIf(dependency -> reasons.contains("`" + dependency + "`"));

        assertThat(missing)
                .as("dependencies without a line '| `group:artifact` | why |' in docs/dependencies.md")
                .isEmpty();
    }

    private static Set<String> declared() throws IOException, ParserConfigurationException, SAXException {
        Set<String> declared = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Sources.root())) {
            for (Path pom : files.filter(file -> file.endsWith("pom.xml"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList()) {
                collect(pom, declared);
            }
        }
        return declared;
    }

    private static void collect(Path pom, Set<String> declared)
            throws IOException, ParserConfigurationException, SAXException {
        NodeList dependencies = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getElementsByTagName("dependency");
        for (int i = 0; i < dependencies.getLength(); i++) {
            if (dependencies.item(i) instanceof Element dependency && declares(dependency)) {
                String group = text(dependency, "groupId");
                if (!group.equals("io.breadcrumbs")) {
                    declared.add(group + ":" + text(dependency, "artifactId"));
                }
            }
        }
    }

    /** True where a module takes the dependency, false where only its version is managed or a plugin is configured. */
    private static boolean declares(Element dependency) {
        Node dependencies = dependency.getParentNode();
        String holder = dependencies.getParentNode().getNodeName();
        return dependencies.getNodeName().equals("dependencies")
                && (holder.equals("project") || holder.equals("profile"));
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent().strip();
    }
}
