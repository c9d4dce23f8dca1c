import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["node_modules/"] },
  js.configs.recommended,
  {
    files: ["src/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      complexity: ["error", 8],
      eqeqeq: "error",
      "max-lines": ["error", 250],
      "max-lines-per-function": ["error", 50],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  { files: ["*.config.js"], languageOptions: { globals: globals.node } },
];
