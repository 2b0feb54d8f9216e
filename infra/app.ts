import { relayApp } from './relay-app.ts'

relayApp().synth()
