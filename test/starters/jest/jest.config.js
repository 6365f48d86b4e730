module.exports = {
  testEnvironment: 'jsdom',
  // token-vigil consists of ES modules: Babel translates them as it does your own.
  transformIgnorePatterns: ['/node_modules/(?!token-vigil/)'],
};
