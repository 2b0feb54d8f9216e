import '@picocss/pico/css/pico.blue.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { listen } from './state/feed.ts'
import { loadSetup } from './state/setup.ts'
import './styles/index.css'

const root = document.getElementById('app')
if (!root) throw new Error('the page has no place for the console')

loadSetup().then(
  () => {
    listen()
    render(<App />, root)
  },
  (error: Error) => render(<article class="notice bad">{error.message}</article>, root),
)
