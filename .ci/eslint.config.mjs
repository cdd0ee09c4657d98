// How the JavaScript of the pages is linted. .ci/run takes ESLint from npm; nothing else needs it.

import js from "@eslint/js";

const browser = Object.fromEntries(
  [
    "document",
    "MutationObserver",
    "getComputedStyle",
    "requestAnimationFrame",
    "ResizeObserver",
    "window",
  ].map((name) => [name, "readonly"]),
);

export default [
  js.configs.recommended,
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: browser },
    rules: {
      curly: "error",
      eqeqeq: "error",
      "func-style": ["error", "declaration", { allowArrowFunctions: true }],
      "max-len": ["error", { code: 100, ignoreStrings: true, ignoreTemplateLiterals: true }],
      "max-lines-per-function": ["error", { max: 50 }],
      "no-console": "error",
      "no-param-reassign": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text from elsewhere would be read as HTML." },
        { property: "outerHTML", message: "Text from elsewhere would be read as HTML." },
      ],
      "no-shadow": "error",
      "no-unused-vars": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
];
