package io.vtsphere.sql;

/** One parse: the token stream and the parsers of the parts of the grammar, which call each other through this. */
final class Parser {
    final Tokens tokens;
    final ExprParser exprs;
    final OperandParser operands;
    final VariableParser variables;
    final FunctionParser functions;
    final QueryParser queries;
    final TableParser tables;

    Parser(Tokens tokens) {
        this.tokens = tokens;
        this.exprs = new ExprParser(this);
        this.operands = new OperandParser(this);
        this.variables = new VariableParser(this);
        this.functions = new FunctionParser(this);
        this.queries = new QueryParser(this);
        this.tables = new TableParser(this);
    }
}
