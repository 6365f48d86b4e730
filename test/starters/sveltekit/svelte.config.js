/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    paths: { base: process.env.BASE_PATH ?? '' },
  },
};
