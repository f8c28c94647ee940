package io.breadcrumbs.checks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads how large the methods and records of source files are, with the compiler's parser. */
final class Shapes {

    private Shapes() {}

    /**
     * A method, constructor or record.
     *
     * @param name for people: file and name
     * @param ofRecord a record, or its constructor
     * @param lines from its first to its last; 0 for a record
     * @param parameters or components
     */
    record Shape(String name, boolean ofRecord, long lines, int parameters) {}

    static List<Shape> of(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Shape> shapes = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(unit, positions, shapes).scan(unit, null);
            }
        }
        return shapes;
    }

    private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Shape> shapes;

        Scanner(CompilationUnitTree unit, SourcePositions positions, List<Shape> shapes) {
            this.unit = unit;
            this.positions = positions;
            this.shapes = shapes;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
            long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
            boolean ofRecord = method.getName().contentEquals("<init>")
                    && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
            add(
                    method.getName().toString(),
                    ofRecord,
                    last - first + 1,
                    method.getParameters().size());
            return super.visitMethod(method, null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (type.getKind() == Tree.Kind.RECORD) {
                long components = type.getMembers().stream()
                        .filter(member -> member instanceof VariableTree field
                                && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                        .count();
                add(type.getSimpleName().toString(), true, 0, (int) components);
            }
            return super.visitClass(type, null);
        }

        private void add(String name, boolean ofRecord, long lines, int parameters) {
            Path file = Path.of(unit.getSourceFile().toUri());
            shapes.add(new Shape(file.getFileName() + " " + name, ofRecord, lines, parameters));
        }
    }
}
