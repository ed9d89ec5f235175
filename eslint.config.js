import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'dist.*/',
      '.contract.*/',
      'coverage/',
      '.node-versions/',
      'compatibility/.work/**',
      'compatibility/consumer/**',
      'decorators.d.ts',
      '**/*.types.ts',
      'conformance/decorated/**',
      'mutation/sandbox/',
      'browser/.chromium/',
      'phoenix/.venv/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Decorators take any function and any class: their types say so with `any` and `void`, and no others fit.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unsafe-function-type': 'off',
      // A wrapper hands on what it was given, typed or not.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // Promise 1: what the user throws or rejects with is passed on as it is, `null` included.
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // Values come from users who may not use TypeScript: a check that the types call needless may be needed.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A thenable must stay the very object it was: no `async` of ours round it.
      '@typescript-eslint/promise-function-async': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-empty-function': 'off',
      // Methods are read off objects all the time here, to be wrapped and called with the right `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Escaping JSON looks for control characters on purpose.
      'no-control-regex': 'off',
      // A decorator factory sees by its arguments that it was written without parentheses.
      'prefer-rest-params': 'off',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Specs make the mistakes on purpose that the library must survive.
    files: ['spec/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-implied-eval': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-private-class-members': 'off',
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      'no-unused-private-class-members': 'off',
      'require-yield': 'off',
    },
  },
  { files: ['lib/cli/**/*.ts', 'lib/setup/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'performance',
          'setTimeout',
          'setImmediate',
          'clearTimeout',
          'fetch',
          'globalThis',
          'Buffer',
          'gc',
          'ReadableStream',
          'Response',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    // A package of its own, on the web's and Node's globals alike; its decorated classes are compiled in both protocols at run time.
    files: ['conformance/**/*.mjs'],
    rules: {
      'no-undef': 'off',
      'no-unused-vars': 'off',
      'no-unsafe-finally': 'off',
      'require-yield': 'off',
      'no-empty': 'off',
    },
  },
  {
    // Parts of these run inside a page.
    files: ['browser/**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...['window', 'document', 'getComputedStyle', 'innerWidth', 'addEventListener', 'fetch', 'Navigator'],
          ...['requestAnimationFrame', 'cancelAnimationFrame'],
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', module: 'writable', __dirname: 'readonly' },
    },
  },
);
