// esbuild puts imported style sheets into `/console/main.css`.
declare module '*.css'
